import { describe, expect, it } from "vitest";
import { makeOutgoing, memoryAccount } from "../../test/builders.ts";
import { FakeBrowser } from "../../test/fake-tabs.ts";
import type { FakeTab } from "../../test/fake-tabs.ts";
import { pass, Scenario } from "../../test/scenario.ts";
import type { AccountUnderTest } from "../../test/account-under-test.ts";
import { ImError } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import { TabGroup } from "./tab-group.ts";

interface OpenTab {
  readonly tab: FakeTab;
  readonly group: TabGroup;
  readonly client: AccountUnderTest;
}

const scenario = Scenario.install();

/** Opens the account of `me` in one more tab, over the same store. */
async function openTab(browser: FakeBrowser, store: AccountStore): Promise<OpenTab> {
  const tab = browser.tab();
  const faults: unknown[] = [];
  const group = await TabGroup.join("me", scenario.server.dial, tab.platform, (error) => faults.push(error));
  const client = await scenario.offline("me", store, undefined, group);
  client.account.connect("me");
  await pass(0);
  expect(faults).toEqual([]);
  return { tab, group, client };
}

async function openTabs(count: number): Promise<{ browser: FakeBrowser; store: AccountStore; tabs: OpenTab[] }> {
  const { server } = scenario;
  server.group("g", ["me", "ann"]);
  const browser = new FakeBrowser();
  const store = Object.defineProperty(await memoryAccount(), "shared", { value: true });
  const tabs: OpenTab[] = [];
  for (let opened = 0; opened < count; opened += 1) tabs.push(await openTab(browser, store));
  for (const { client } of tabs) client.account.windows.open("g");
  await pass(0);
  return { browser, store, tabs };
}

const statuses = (tabs: readonly OpenTab[]) => tabs.map(({ client }) => client.state.connection.status);
const texts = (tabs: readonly OpenTab[]) => tabs.map(({ client }) => client.texts("g"));

/** Ends a tab as a closed page ends: nothing of it runs any more. */
async function kill({ tab, client }: OpenTab): Promise<void> {
  tab.kill();
  await client.stop();
}

describe("several tabs", () => {
  it("share one connection, and all of them are online and up to date by it", async () => {
    const { tabs } = await openTabs(3);
    expect(statuses(tabs)).toEqual(["online", "online", "online"]);
    expect(scenario.server.connections("me")).toBe(1);
    expect(tabs.map(({ group }) => group.leads)).toEqual([true, false, false]);
    scenario.server.say("ann", "g", "hello");
    await pass(0);
    expect(texts(tabs)).toEqual([["hello"], ["hello"], ["hello"]]);
  });

  it("show in all tabs what one of them writes, also while it waits, and send it once", async () => {
    const { tabs } = await openTabs(2);
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await pass(0);
    await tabs[1]?.client.send("g", "from the second");
    await pass(0);
    expect(texts(tabs)).toEqual([["[from the second]"], ["[from the second]"]]);
    scenario.server.reachable = true;
    await pass(60_000);
    expect(texts(tabs)).toEqual([["from the second"], ["from the second"]]);
    expect(scenario.server.count("message:send")).toBe(1);
  });

  it("hand over at once when the tab that leads is closed, with what it had under way sent once", async () => {
    const { store, tabs } = await openTabs(3);
    const [leader, ...others] = tabs as [OpenTab, OpenTab, OpenTab];
    let arrive: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    // The answer to the first send is too late for the tab that asked.
    scenario.server.after = (name) => (name === "message:send" ? late : undefined);
    await leader.client.send("g", "one");
    await others[1].client.send("g", "two");
    await pass(0);
    scenario.server.after = () => undefined;
    const killed = kill(leader);
    arrive();
    await killed;
    await pass(2_000);
    expect(statuses(others)).toEqual(["online", "online"]);
    expect(scenario.server.connections("me")).toBe(1);
    await pass(1_000);
    expect(texts(others)).toEqual([
      ["one", "two"],
      ["one", "two"],
    ]);
    expect((await store.load()).outgoing).toEqual([]);
  });

  it("take the connection from a tab that is frozen, which follows when it wakes up", async () => {
    const { browser, store, tabs } = await openTabs(1);
    const [frozen] = tabs as [OpenTab];
    frozen.tab.freeze();
    const second = await openTab(browser, store);
    expect(second.client.state.connection.status).toBe("connecting");
    await pass(2_500);
    expect(second.group.leads).toBe(true);
    expect(second.client.state.connection.status).toBe("online");
    frozen.tab.wake();
    await pass(5_000);
    expect(frozen.group.leads).toBe(false);
    expect(statuses([frozen, second])).toEqual(["online", "online"]);
    expect(scenario.server.connections("me")).toBe(1);
  });

  it("take the lead from a tab that is frozen while it has no connection", async () => {
    const { browser, store, tabs } = await openTabs(1);
    const [frozen] = tabs as [OpenTab];
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await pass(0);
    const second = await openTab(browser, store);
    await pass(500);
    frozen.tab.freeze();
    scenario.server.reachable = true;
    await pass(10_000);
    expect(second.group.leads).toBe(true);
    expect(second.client.state.connection.status).toBe("online");
  });

  it("send what another tab had stored when it was killed before it could say so", async () => {
    const { store, tabs } = await openTabs(2);
    const [leader, follower] = tabs as [OpenTab, OpenTab];
    await store.enqueue(makeOutgoing("stored", { conversationId: "g" }));
    await kill(leader);
    await pass(1_000);
    expect(texts([follower])).toEqual([["stored"]]);
  });

  it("go on together in another life of the server's database, with what one of them has done there already", async () => {
    const { store, tabs } = await openTabs(2);
    const [leader, follower] = tabs as [OpenTab, OpenTab];
    follower.tab.freeze();
    scenario.server.restoreEmpty("e2");
    scenario.server.group("g", ["me", "ann"]);
    scenario.server.say("ann", "g", "in the new life");
    await pass(5_000);
    expect(texts([leader])).toEqual([["in the new life"]]);
    const { position } = await store.load();
    follower.tab.wake();
    follower.client.wake();
    await pass(30_000);
    expect(texts(tabs)).toEqual([["in the new life"], ["in the new life"]]);
    expect((await store.load()).position).toEqual(position);
  });

  it("tell one another that a message failed, and send it again from any tab", async () => {
    const { tabs } = await openTabs(2);
    const [leader, follower] = tabs as [OpenTab, OpenTab];
    scenario.server.before = (name) => {
      if (name === "message:send") throw new ImError({ code: "MUTED", message: "no" });
    };
    const id = await follower.client.send("g", "refused");
    await pass(0);
    expect(tabs.map(({ client }) => client.state.windows.get("g")?.outgoing[0]?.status)).toEqual(["failed", "failed"]);
    scenario.server.before = () => undefined;
    await follower.client.account.unsent.messages.resend(id);
    await pass(0);
    expect(texts([leader, follower])).toEqual([["refused"], ["refused"]]);
  });

  it("read in one tab is read in all, and told once", async () => {
    const { tabs } = await openTabs(2);
    scenario.server.say("ann", "g", "hello");
    await pass(0);
    await tabs[1]?.client.account.markRead("g", 1);
    await pass(0);
    expect(tabs.map(({ client }) => client.state.unreadTotal)).toEqual([0, 0]);
    expect(scenario.server.count("read:mark")).toBe(1);
  });

  it("hear of large groups in every tab, though the server tells a connection only once", async () => {
    const { server } = scenario;
    server.fanoutMaxMembers = 1;
    const { browser, store, tabs } = await openTabs(1);
    server.pushing = false;
    server.say("ann", "g", "unheard by the store");
    server.disconnect();
    server.pushing = true;
    await pass(5_000);
    const late = await openTab(browser, store);
    tabs.push(late);
    late.client.account.windows.open("g");
    server.say("ann", "g", "pushed");
    await pass(1_000);
    expect(texts(tabs)).toEqual([
      ["unheard by the store", "pushed"],
      ["unheard by the store", "pushed"],
    ]);
  });

  it("end together when the session ends in one of them", async () => {
    const { tabs } = await openTabs(2);
    tabs[1]?.group.ended("logout");
    await pass(0);
    expect(tabs[0]?.client.signedOut).toMatchObject({ code: "UNAUTHENTICATED", details: { reason: "logout" } });
  });

  it("stand alone where the store is shared no more", async () => {
    const { tabs } = await openTabs(2);
    tabs[1]?.group.standAlone();
    await pass(1_000);
    expect(statuses(tabs)).toEqual(["online", "online"]);
    expect(scenario.server.connections("me")).toBe(2);
  });
});
