import { describe, expect, it } from "vitest";
import { LargeGroupUnderTest } from "../test/large-group-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";
import type { AccountUnderTest } from "../test/account-under-test.ts";

const scenario = Scenario.install();
const group = new LargeGroupUnderTest(scenario);

const CHANGES = ["message:edit", "message:recall", "message:react"];

/** The changes that reached the server, in order. */
const arrived = () =>
  scenario.server.calls.flatMap(({ name, request }) =>
    CHANGES.includes(name) ? [`${name.slice(8)} ${"seq" in request ? request.seq : ""}`] : [],
  );

const cut = () => {
  scenario.server.reachable = false;
  scenario.server.disconnect();
};

const reach = async () => {
  scenario.server.reachable = true;
  await pass(60_000);
};

const reactions = (here: AccountUnderTest, seq: number) =>
  here.state.windows.get("g")?.messages.find((message) => message.seq === seq)?.reactions;

const stored = async (here: AccountUnderTest) => (await here.store.load()).changes;

/** A small group "g" with "a" and "b" of one's own, and a device whose window is open. */
async function enter(): Promise<AccountUnderTest> {
  const me = await group.enter(Infinity);
  scenario.server.say("me", "g", "a");
  scenario.server.say("me", "g", "b");
  await pass(0);
  return me;
}

describe("changing a message", () => {
  for (const [size, fanoutMaxMembers] of [
    ["a large", 2],
    ["a small", Infinity],
  ] as const) {
    it(`edits, recalls and reacts with a connection, in ${size} group`, async () => {
      const me = await group.enter(fanoutMaxMembers);
      scenario.server.say("me", "g", "a");
      scenario.server.say("me", "g", "b");
      await pass(0);
      const { messages } = me.account;
      const done = Promise.all([
        messages.edit("g", 1, "a!"),
        messages.react("g", 1, "👍", true),
        messages.recall("g", 2),
      ]);
      await pass(0);
      await done;
      expect(me.texts("g")).toEqual(["a!", "system"]);
      expect(reactions(me, 1)).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
      expect(arrived()).toEqual(["edit 1", "react 1", "recall 2"]);
      expect(await messages.readers("g", 2)).toEqual({ readers: ["me"], more: false });
      expect(await stored(me)).toEqual([]);
    });
  }

  it("rejects with what the server refuses, shows what was, and tells it until it is dismissed", async () => {
    const me = await enter();
    scenario.server.say("ann", "g", "hers");
    await pass(0);
    const refused = expect(me.account.messages.edit("g", 3, "mine")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await pass(0);
    await refused;
    expect(me.texts("g")).toEqual(["a", "b", "hers"]);
    expect(me.state.failedChanges).toMatchObject([
      { conversationId: "g", seq: 3, kind: "edit", text: "mine", error: { code: "FORBIDDEN" } },
    ]);
    await me.stop();
    const again = await scenario.online("me", me.store);
    expect(again.state.failedChanges).toHaveLength(1);
    await again.account.changes.dismiss(again.state.failedChanges[0]!.id);
    expect(again.state.failedChanges).toEqual([]);
    expect(await stored(again)).toEqual([]);
    expect(arrived()).toEqual(["edit 3"]);
  });

  it("shows changes made offline at once, in windows and in the list, also after a reload, and sends each once", async () => {
    const before = await enter();
    const phone = await scenario.online("me");
    phone.account.windows.open("g");
    cut();
    await before.account.messages.react("g", 1, "👍", true);
    await before.account.messages.edit("g", 1, "a!");
    await before.account.messages.recall("g", 2);
    expect(before.texts("g")).toEqual(["a!", "system"]);
    expect(before.state.windows.get("g")?.changing).toEqual(new Set([1, 2]));
    expect(before.state.conversations[0]?.lastMessage).toMatchObject({ content: { event: "message.recalled" } });
    await before.stop();

    const me = await scenario.start("me", before.store);
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")).toEqual(["a!", "system"]);
    expect(reactions(me, 1)).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
    expect(arrived()).toEqual([]);
    await reach();
    expect(arrived()).toEqual(["react 1", "edit 1", "recall 2"]);
    for (const device of [me, phone]) {
      expect(device.texts("g")).toEqual(["a!", "system"]);
      expect(device.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
      expect(device.state.windows.get("g")?.changing).toEqual(new Set());
    }
    expect(await stored(me)).toEqual([]);
  });

  it("tells of what is refused after it was made offline", async () => {
    const me = await enter();
    cut();
    await me.account.messages.edit("g", 1, "a!");
    scenario.server.recall("g", 1);
    await reach();
    expect(me.texts("g")).toEqual(["system", "b"]);
    expect(me.state.failedChanges).toMatchObject([{ seq: 1, kind: "edit", error: { code: "FORBIDDEN" } }]);
  });

  it("resolves when the connection is lost before the answer, which is asked for again", async () => {
    const me = await enter();
    let lost = false;
    scenario.server.after = (name) => {
      if (name === "message:edit" && !lost) {
        lost = true;
        scenario.server.disconnect();
      }
    };
    const done = me.account.messages.edit("g", 1, "a!");
    await pass(0);
    await done;
    expect(me.texts("g")).toEqual(["a!", "b"]);
    await pass(60_000);
    expect(arrived()).toEqual(["edit 1", "edit 1"]);
    expect(scenario.server.messages("g")[0]?.version).toBe(2);
    expect(await stored(me)).toEqual([]);
  });

  it("never cancels what the server may have: on with its answer lost, then off", async () => {
    const me = await enter();
    scenario.server.after = (name) => {
      if (name === "message:react") cut();
    };
    const on = me.account.messages.react("g", 1, "👍", true);
    await pass(0);
    await on;
    scenario.server.after = () => undefined;
    await me.account.messages.react("g", 1, "👍", false);
    expect(reactions(me, 1)).toBeUndefined();
    await me.stop();
    const again = await scenario.offline("me", me.store);
    again.account.windows.open("g");
    again.account.connect("me");
    await reach();
    expect(reactions(again, 1)).toBeUndefined();
    expect(scenario.server.messages("g")[0]?.reactions).toBeUndefined();
    expect(arrived()).toEqual(["react 1", "react 1", "react 1"]);
  });

  it("sends nothing for a reaction put and taken away offline", async () => {
    const me = await enter();
    cut();
    await me.account.messages.react("g", 1, "👍", true);
    await me.account.messages.react("g", 1, "👍", false);
    await reach();
    expect(arrived()).toEqual([]);
    expect(await stored(me)).toEqual([]);
  });

  it("keeps showing what was accepted although the push of it was lost", async () => {
    for (const fanoutMaxMembers of [2, Infinity]) {
      const me = await group.enter(fanoutMaxMembers);
      scenario.server.pushing = true;
      scenario.server.say("me", "g", "a");
      await pass(0);
      const seq = scenario.server.messages("g").length;
      scenario.server.pushing = false;
      const done = me.account.messages.edit("g", seq, "a!");
      await pass(0);
      await done;
      expect(me.texts("g").at(-1)).toBe("a!");
      expect(me.state.windows.get("g")?.changing).toEqual(new Set());
      expect(await stored(me)).toMatchObject([{ accepted: { version: 2 } }]);
      await pass(2_000);
      expect(me.texts("g").at(-1)).toBe("a!");
      expect(await stored(me)).toEqual([]);
      await me.stop();
    }
  });

  it("forgets what was accepted when a page of the window brings it", async () => {
    const me = await enter();
    scenario.server.pushing = false;
    const done = me.account.messages.edit("g", 1, "a!");
    await pass(0);
    await done;
    // The window's own copy is still behind.
    me.account.changes.settle(scenario.server.messages("g"));
    await pass(0);
    expect(await stored(me)).toHaveLength(1);
    await me.store.evict({ conversationId: "g", limit: 10, keep: 0 });
    me.account.windows.reset("g");
    await pass(0);
    expect(group.calls()).toContain("history:pull");
    expect(me.texts("g")).toEqual(["a!", "b"]);
    expect(await stored(me)).toEqual([]);
  });

  it("forgets at once what the server has of a message that nothing here shows, and what changed nothing", async () => {
    const me = await group.enter(Infinity);
    scenario.server.past("g", "ann", 3);
    scenario.server.react("g", 2, "me", "👍", true);
    await pass(0);
    const done = me.account.messages.react("g", 2, "👍", true);
    await pass(0);
    await done;
    await pass(0);
    expect(await stored(me)).toEqual([]);
  });

  it("goes on showing another device's newer edit over an accepted one", async () => {
    const me = await enter();
    const done = me.account.messages.edit("g", 1, "mine");
    await pass(0);
    await done;
    scenario.server.edit("g", 1, "later");
    await pass(0);
    expect(me.texts("g")).toEqual(["later", "b"]);
  });

  it("tells of changes that another life of the database made void", async () => {
    const me = await enter();
    cut();
    await me.account.messages.edit("g", 1, "a!");
    scenario.server.restoreEmpty("e2");
    scenario.server.group("g", ["me", "ann"]);
    scenario.server.say("me", "g", "another first");
    await reach();
    expect(arrived()).toEqual([]);
    expect(me.texts("g")).toEqual(["another first"]);
    expect(me.state.failedChanges).toMatchObject([{ seq: 1, kind: "edit", error: { code: "NOT_FOUND" } }]);
    expect(await stored(me)).toHaveLength(1);
  });

  it("keeps changes that wait over an expired cursor", async () => {
    const me = await enter();
    cut();
    await me.account.messages.edit("g", 1, "a!");
    for (let said = 0; said < 3; said += 1) scenario.server.say("ann", "g", "more");
    scenario.server.trimmed.set("me", scenario.server.head("me") - 1);
    await reach();
    expect(arrived()).toEqual(["edit 1"]);
    expect(me.texts("g")).toEqual(["a!", "b", "more", "more", "more"]);
    expect(await stored(me)).toEqual([]);
  });

  it("sends what another program has put into the store", async () => {
    const me = await enter();
    const tab = await scenario.offline("me", me.store);
    await tab.account.messages.edit("g", 1, "from the other tab");
    expect(arrived()).toEqual([]);
    await me.account.changes.refresh();
    await pass(0);
    expect(arrived()).toEqual(["edit 1"]);
    expect(me.texts("g")).toEqual(["from the other tab", "b"]);
  });
});

describe("changing a message that is not sent yet", () => {
  const sent = () => scenario.server.messages("g").map(({ content }) => (content.kind === "text" ? content.text : ""));

  /** A group "g" and a device that has lost the answer to its message "first". */
  async function unanswered() {
    const me = await group.enter(Infinity);
    scenario.server.after = (name) => {
      if (name === "message:send") cut();
    };
    const id = await me.send("g", "first");
    await pass(0);
    scenario.server.after = () => undefined;
    expect(me.texts("g").at(-1)).toMatch(/first/);
    return { me, id };
  }

  it("edits and discards in place what was never sent", async () => {
    const me = await group.enter(Infinity);
    cut();
    const [a, b] = [await me.send("g", "a"), await me.send("g", "b")];
    await me.account.messages.editOutgoing(a, "a!");
    await me.account.messages.discard(b);
    expect(me.texts("g")).toEqual(["[a!]"]);
    await me.stop();
    const again = await scenario.start("me", me.store);
    await reach();
    expect(sent()).toEqual(["a!"]);
    expect(arrived()).toEqual([]);
    expect((await again.store.load()).outgoing).toEqual([]);
  });

  for (const [how, restarts] of [
    ["by the same program", false],
    ["by the next one", true],
  ] as const) {
    it(`edits what the server may have, ${how}`, async () => {
      scenario.server.pushing = false;
      const { me, id } = await unanswered();
      await me.account.messages.editOutgoing(id, "second");
      expect(me.texts("g")).toEqual(["[second]"]);
      let device = me;
      if (restarts) {
        await me.stop();
        device = await scenario.offline("me", me.store);
        device.account.windows.open("g");
        device.account.connect("me");
      }
      await reach();
      expect(sent()).toEqual(["second"]);
      expect(arrived()).toEqual(["edit 1"]);
      expect(device.texts("g")).toEqual(["second"]);
      expect(await device.store.load()).toMatchObject({ outgoing: [], changes: [] });
    });

    it(`recalls what the server may have, ${how}`, async () => {
      scenario.server.pushing = false;
      const { me, id } = await unanswered();
      await me.account.messages.discard(id);
      expect(me.texts("g")).toEqual([]);
      let device = me;
      if (restarts) {
        await me.stop();
        device = await scenario.offline("me", me.store);
        device.account.windows.open("g");
        device.account.connect("me");
      }
      await reach();
      expect(scenario.server.messages("g")).toMatchObject([{ content: { event: "message.recalled" } }]);
      expect(arrived()).toEqual(["recall 1"]);
      expect(device.texts("g")).toEqual(["system"]);
      expect(await device.store.load()).toMatchObject({ outgoing: [], changes: [] });
    });
  }

  it("lets nobody see what was taken back and had not reached the server", async () => {
    const me = await group.enter(Infinity);
    const said: string[] = [];
    scenario.server.before = (name, request) => {
      if (name === "message:send" && "content" in request) said.push(JSON.stringify(request.content));
      if (name === "message:send" && said.length === 1) cut();
    };
    const id = await me.send("g", "secret");
    await pass(0);
    await me.account.messages.discard(id);
    await reach();
    expect(said).toHaveLength(2);
    expect(said[1]).not.toContain("secret");
    expect(scenario.server.messages("g")).toMatchObject([{ content: { event: "message.recalled" } }]);
    expect((await me.store.load()).outgoing).toEqual([]);
  });

  it("edits a message that has just come, and knows none that was never there", async () => {
    const me = await group.enter(Infinity);
    const id = await me.send("g", "a");
    await pass(0);
    const done = me.account.messages.editOutgoing(id, "a!");
    await pass(0);
    await done;
    expect(me.texts("g")).toEqual(["a!"]);
    await expect(me.account.messages.editOutgoing("unknown", "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("drafts", () => {
  it("shows a draft at once, keeps it over a reload, and forgets it for good when it is emptied", async () => {
    const me = await enter();
    await me.account.drafts.set("g", "to be");
    await me.account.drafts.set("peer:cid", "hello");
    const drafts = (device: AccountUnderTest) =>
      device.state.conversations.map(({ conversationId, draft }) => [conversationId, draft]);
    expect(drafts(me)).toContainEqual(["g", "to be"]);
    expect(drafts(me)).toContainEqual(["peer:cid", "hello"]);
    await me.stop();
    const again = await scenario.online("me", me.store);
    expect(drafts(again)).toContainEqual(["g", "to be"]);
    await again.account.drafts.set("g", "");
    expect(drafts(again)).toContainEqual(["g", undefined]);
    // An older tab, which has not heard of that, brings nothing back by being read again.
    again.account.drafts.restore([{ conversationId: "g", text: "to be", at: 1 }]);
    expect(drafts(again)).toContainEqual(["g", undefined]);
  });

  it("moves a placeholder's draft to the conversation that is made", async () => {
    const me = await scenario.online("me");
    await me.account.drafts.set("peer:ann", "and then");
    await me.send("peer:ann", "one");
    await pass(0);
    expect(me.state.conversations).toMatchObject([{ conversationId: "d ann me", draft: "and then" }]);
  });

  it("takes over what another program has written", async () => {
    const me = await enter();
    const tab = await scenario.offline("me", me.store);
    await me.account.drafts.set("g", "one");
    await tab.account.drafts.set("g", "two");
    await me.account.drafts.refresh();
    expect(me.state.conversations[0]?.draft).toBe("two");
  });
});
