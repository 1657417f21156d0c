import { describe, expect, it } from "vitest";
import { unavailable } from "./errors.ts";
import type { AccountUnderTest } from "../test/account-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();

async function enter(): Promise<AccountUnderTest> {
  scenario.server.group("g", ["me", "ann"]);
  scenario.server.say("ann", "g", "hello");
  return scenario.online("me");
}

const viewOf = ({ state }: AccountUnderTest) =>
  state.conversations.find(({ conversationId }) => conversationId === "g");
const sets = () => scenario.server.calls.filter(({ name }) => name === "conversation:set");

/** How a conversation was read and kept, as the server was told it. */
const orders = () =>
  scenario.server.calls.map(({ name }) => name).filter((name) => name === "read:mark" || name === "conversation:set");

/** Loses the network until `reach`. */
function cut(): void {
  scenario.server.reachable = false;
  scenario.server.disconnect();
}

async function reach(): Promise<void> {
  scenario.server.reachable = true;
  await pass(60_000);
}

describe("how a conversation is kept", () => {
  it("is shown at once and reaches the other devices", async () => {
    const me = await enter();
    const tablet = await scenario.online("me");
    const done = me.account.setConversation("g", { pinned: true, notify: 1 });
    await Promise.resolve();
    await pass(0);
    expect(viewOf(me)).toMatchObject({ pinned: true, muted: true, notify: 1 });
    await done;
    expect(viewOf(tablet)).toMatchObject({ pinned: true, muted: true, settingsVersion: 1 });
    expect(me.state).toMatchObject({ unreadTotal: 0, unreadDot: true });
    expect((await me.store.load()).changes).toEqual([]);
  });

  it("waits for the network, over a restart, as one change", async () => {
    const me = await enter();
    cut();
    await me.account.setConversation("g", { pinned: true });
    await me.account.setConversation("g", { notify: 1 });
    await me.account.setConversation("g", { pinned: false, hidden: true });
    expect(viewOf(me)).toMatchObject({ pinned: false, notify: 1, hidden: true });
    expect(me.state).toMatchObject({ unreadTotal: 0, unreadDot: false });
    await me.stop();
    const again = await scenario.start("me", me.store);
    expect(viewOf(again)).toMatchObject({ pinned: false, notify: 1, hidden: true });
    await reach();
    expect(sets().map(({ request }) => request)).toEqual([
      { conversationId: "g", pinned: false, notify: 1, hidden: true },
    ]);
    expect(viewOf(again)).toMatchObject({ notify: 1, hidden: true, settingsVersion: 1 });
    expect((await again.store.load()).changes).toEqual([]);
  });

  it("comes back to the list with the next message, unless it is blocked", async () => {
    const me = await enter();
    await me.account.setConversation("g", { hidden: true });
    scenario.server.say("ann", "g", "are you there?");
    await pass(0);
    expect(viewOf(me)).toMatchObject({ hidden: false, lastSeq: 2 });
    await me.account.setConversation("g", { hidden: true, notify: -1 });
    scenario.server.say("ann", "g", "hm");
    await pass(0);
    expect(viewOf(me)).toMatchObject({ hidden: true, lastSeq: 3 });
    expect(me.state).toMatchObject({ unreadTotal: 0, unreadDot: false });
  });

  it("loses the mark of being unread by reading on any device, also where all was read", async () => {
    const me = await enter();
    const tablet = await scenario.online("me");
    await me.account.markRead("g", 1);
    await pass(0);
    await me.account.setConversation("g", { markedUnread: true });
    await pass(0);
    expect([viewOf(tablet)?.markedUnread, tablet.state.unreadDot]).toEqual([true, true]);
    await tablet.account.markRead("g", 1);
    await pass(0);
    expect([viewOf(me)?.markedUnread ?? false, viewOf(tablet)?.markedUnread ?? false]).toEqual([false, false]);

    await me.account.setConversation("g", { markedUnread: true });
    await tablet.send("g", "here");
    await pass(0);
    expect(viewOf(me)?.markedUnread).toBeUndefined();
  });

  it("is read and then marked on the server, as it was here, whatever fails in between", async () => {
    const me = await enter();
    cut();
    await me.account.markRead("g", 1);
    await me.account.setConversation("g", { markedUnread: true });
    expect(viewOf(me)).toMatchObject({ unread: 0, markedUnread: true });
    let refusals = 2;
    scenario.server.before = (name) => {
      if (name === "read:mark" && (refusals -= 1) >= 0) throw unavailable("timeout", "busy");
    };
    await reach();
    expect(refusals).toBeLessThan(0);
    expect(orders()).toEqual(["read:mark", "read:mark", "read:mark", "conversation:set"]);
    const tablet = await scenario.online("me");
    for (const device of [me, tablet]) expect(viewOf(device)).toMatchObject({ readSeq: 1, markedUnread: true });
  });

  it("is marked and then read on the server, as it was here", async () => {
    const me = await enter();
    cut();
    await me.account.setConversation("g", { markedUnread: true });
    await me.account.markRead("g", 1);
    expect(viewOf(me)?.markedUnread ?? false).toBe(false);
    await reach();
    const tablet = await scenario.online("me");
    for (const device of [me, tablet]) {
      expect(viewOf(device)).toMatchObject({ readSeq: 1, unread: 0 });
      expect(viewOf(device)?.markedUnread ?? false).toBe(false);
    }
    expect((await me.store.load()).changes).toEqual([]);
  });

  it("keeps a mark that the server has while the connection is lost before its entry comes", async () => {
    const me = await enter();
    scenario.server.pushing = false;
    await me.account.markRead("g", 1);
    const marking = me.account.setConversation("g", { markedUnread: true });
    await pass(0);
    scenario.server.pushing = true;
    scenario.server.disconnect();
    await marking;
    await pass(60_000);
    const tablet = await scenario.online("me");
    for (const device of [me, tablet]) expect(viewOf(device)).toMatchObject({ readSeq: 1, markedUnread: true });
  });

  it("that the server refuses is taken back, and told to whoever asked", async () => {
    const me = await enter();
    scenario.server.before = (name) => {
      if (name === "conversation:set") throw Object.assign(new Error("no"), { code: "NOT_FOUND", retryable: false });
    };
    const refused = me.account.setConversation("g", { pinned: true });
    await expect(refused).rejects.toMatchObject({ name: "ImError" });
    expect(viewOf(me)).toMatchObject({ pinned: false });
    expect(me.state.failedChanges).toEqual([]);
    await expect(me.account.setConversation("peer:bob", { pinned: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("orders the list: pinned first, blocked last, by time between", async () => {
    const me = await enter();
    for (const id of ["a", "b", "c"]) {
      scenario.server.group(id, ["me", "ann"]);
      scenario.server.say("ann", id, "hello");
      scenario.server.say("ann", id, "again");
    }
    await pass(0);
    await me.account.setConversation("g", { pinned: true });
    await me.account.setConversation("a", { notify: -1 });
    scenario.server.say("ann", "a", "loud");
    await pass(0);
    expect(me.state.conversations.map(({ conversationId }) => conversationId)).toEqual(["g", "b", "c", "a"]);
  });
});
