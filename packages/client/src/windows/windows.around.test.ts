import type { HistoryRequest } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { AccountUnderTest } from "../../test/account-under-test.ts";
import { pass, Scenario } from "../../test/scenario.ts";
import { WINDOW_MAX, WINDOW_PAGE } from "./stretch.ts";

const scenario = Scenario.install();

/** A device in a group with so many past messages, whose window is open at the newest. */
async function enter(past: number): Promise<AccountUnderTest> {
  scenario.server.group("g", ["me", "ann"]);
  scenario.server.past("g", "ann", past);
  const me = await scenario.online("me");
  me.account.windows.open("g");
  await pass(0);
  scenario.server.calls.length = 0;
  return me;
}

const windowOf = (me: AccountUnderTest) => me.state.windows.get("g")!;
const seqsOf = (me: AccountUnderTest) => windowOf(me).messages.map(({ seq }) => seq);
const spanOf = (me: AccountUnderTest) => [seqsOf(me)[0], seqsOf(me).at(-1), seqsOf(me).length];
const asked = () =>
  scenario.server.calls.filter(({ name }) => name === "history:pull").map(({ request }) => request as HistoryRequest);

function say(count: number): void {
  for (let said = 0; said < count; said += 1) scenario.server.say("ann", "g", `said ${said}`);
}

/** Holds back the answers to questions for pages; the function that comes back lets them through. */
function hold(): () => void {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  scenario.server.after = (name) => (name === "history:pull" ? released : undefined);
  return () => {
    scenario.server.after = () => undefined;
    release();
  };
}

describe("a window around a place", () => {
  it("is the page around the message, and leads on both ways until it is live again", async () => {
    const me = await enter(300);
    const { windows } = me.account;
    await windows.showAround("g", 100);
    expect(spanOf(me)).toEqual([76, 125, 50]);
    expect(windowOf(me)).toMatchObject({ around: 100, atEnd: false, more: { before: true, after: true } });
    await windows.loadBefore("g");
    await windows.loadAfter("g");
    expect(spanOf(me)).toEqual([26, 175, 150]);
    while (windowOf(me).more.after) await windows.loadAfter("g");
    expect(spanOf(me)).toEqual([26, 300, 275]);
    expect(windowOf(me)).toMatchObject({ around: 100, atEnd: true });
    say(1);
    await pass(0);
    expect(spanOf(me)).toEqual([26, 301, 276]);
  });

  it("takes nothing of what comes meanwhile, but tells that it is there, and takes changes", async () => {
    const me = await enter(300);
    await me.account.windows.showAround("g", 100);
    const before = windowOf(me).messages;
    say(3);
    await pass(1_000);
    expect(windowOf(me).messages).toBe(before);
    expect(windowOf(me)).toMatchObject({ atEnd: false, more: { after: true } });
    scenario.server.edit("g", 101, "changed");
    await pass(0);
    expect(windowOf(me).messages[25]).toMatchObject({ seq: 101, version: 2 });
    expect(windowOf(me).messages[24]).toBe(before[24]);
    expect(asked()).toHaveLength(1);
  });

  it("comes from the cache where that has it without a hole, also without a network", async () => {
    const me = await enter(300);
    await me.account.windows.showAround("g", 100);
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await pass(0);
    scenario.server.calls.length = 0;
    await me.account.windows.showNewest("g");
    expect(spanOf(me)).toEqual([251, 300, 50]);
    await me.account.windows.showAround("g", 100);
    expect(spanOf(me)).toEqual([76, 125, 50]);
    await me.account.windows.showAround("g", 80);
    expect(spanOf(me)).toEqual([76, 125, 50]);
    await me.account.windows.showAround("g", 200);
    expect(windowOf(me)).toMatchObject({ messages: [], around: 200, error: { code: "UNAVAILABLE" } });
    scenario.server.reachable = true;
    me.account.reconnectNow();
    await pass(1_000);
    expect(spanOf(me)).toEqual([176, 225, 50]);
    expect(windowOf(me)).not.toHaveProperty("error");
  });

  it("is completed where the cache has a part of it", async () => {
    const me = await enter(300);
    await me.account.windows.showAround("g", 100);
    await me.account.windows.showNewest("g");
    scenario.server.calls.length = 0;
    await me.account.windows.showAround("g", 120);
    expect(spanOf(me)).toEqual([96, 145, 50]);
    expect(asked()).toEqual([{ conversationId: "g", around: 120, limit: WINDOW_PAGE }]);
  });

  it("fills the hole that making room has left", async () => {
    const me = await enter(300);
    const { windows } = me.account;
    while (windowOf(me).more.before) await windows.loadBefore("g");
    await me.store.evict({ conversationId: "g", limit: 150, keep: 0 });
    await windows.showNewest("g");
    windows.close("g");
    windows.open("g");
    await pass(0);
    scenario.server.calls.length = 0;
    await windows.showAround("g", 20);
    for (let pages = 0; windowOf(me).more.after && pages < 20; pages += 1) await windows.loadAfter("g");
    expect(spanOf(me)).toEqual([1, 300, 300]);
    // One page around, two beyond it; the rest was there.
    expect(asked().map(({ around, after }) => around ?? after)).toEqual([20, 45, 95, 145]);
  });

  it("says that a message cannot be seen, and asks once for it", async () => {
    scenario.server.group("g", ["ann"]);
    scenario.server.past("g", "ann", 60);
    scenario.server.join("g", "me");
    const me = await scenario.online("me");
    me.account.windows.open("g");
    await pass(0);
    for (const seq of [60, 1_000]) {
      scenario.server.calls.length = 0;
      await me.account.windows.showAround("g", seq);
      expect(windowOf(me)).toMatchObject({ messages: [], loading: "none", around: seq, error: { code: "NOT_FOUND" } });
      say(2);
      await pass(1_000);
      expect(asked()).toHaveLength(1);
    }
    await me.account.windows.showNewest("g");
    expect(spanOf(me)).toEqual([61, 65, 5]);
    expect(windowOf(me)).not.toHaveProperty("error");
    expect(windowOf(me)).not.toHaveProperty("around");
  });

  it("is not moved by answers that were asked for elsewhere", async () => {
    const me = await enter(400);
    const { windows } = me.account;
    let release = hold();
    const back = windows.loadBefore("g");
    const first = windows.showAround("g", 50);
    const second = windows.showAround("g", 200);
    release();
    await Promise.all([back, first, second]);
    expect(spanOf(me)).toEqual([176, 225, 50]);
    release = hold();
    const third = windows.showAround("g", 120);
    const end = windows.showNewest("g");
    release();
    await Promise.all([third, end]);
    expect(spanOf(me).slice(0, 2)).toEqual([351, 400]);
    expect(windowOf(me)).not.toHaveProperty("around");
  });

  it("stays where it is when everything is read anew", async () => {
    const me = await enter(300);
    await me.account.windows.showAround("g", 100);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    scenario.server.disconnect();
    say(2);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    await pass(5_000);
    expect(spanOf(me)).toEqual([76, 125, 50]);
    expect(windowOf(me)).toMatchObject({ around: 100, loading: "none", more: { after: true } });
  });
});

describe("a window in memory", () => {
  it("stays within its bound while 100,000 messages come", { timeout: 60_000 }, async () => {
    const me = await enter(10);
    const { windows } = me.account;
    let most = 0;
    for (let said = 0; said < 2_000; said += 1) {
      const first = seqsOf(me).at(-1)! + 1;
      const messages = Array.from({ length: 50 }, (_, index) => ({
        ...scenario.server.messages("g")[0]!,
        seq: first + index,
      }));
      windows.apply({ messages, updates: [] });
      most = Math.max(most, windowOf(me).messages.length);
    }
    expect(most).toBe(WINDOW_MAX);
    expect(spanOf(me).slice(0, 2)).toEqual([seqsOf(me)[0], 100_010]);
    expect(windowOf(me).more.before).toBe(true);
  });

  it("stays within its bound, and without a hole, on the way to the beginning and back", async () => {
    const me = await enter(3_000);
    const { windows } = me.account;
    const walked = new Set<number>();
    const look = () => {
      const seqs = seqsOf(me);
      expect(seqs.length).toBeLessThanOrEqual(WINDOW_MAX);
      expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
      for (const seq of seqs) walked.add(seq);
    };
    for (look(); windowOf(me).more.before; look()) await windows.loadBefore("g");
    expect(windowOf(me)).toMatchObject({ atEnd: false, more: { before: false, after: true } });
    expect(walked.size).toBe(3_000);
    scenario.server.calls.length = 0;
    for (look(); windowOf(me).more.after; look()) await windows.loadAfter("g");
    expect(windowOf(me)).toMatchObject({ atEnd: true, more: { before: true, after: false } });
    expect(asked()).toEqual([]);
    say(1);
    await pass(0);
    expect(seqsOf(me).at(-1)).toBe(3_001);
  });

  it("keeps what somebody reads who has paged back, rather than what comes", async () => {
    const me = await enter(990);
    const { windows } = me.account;
    while (windowOf(me).more.before) await windows.loadBefore("g");
    say(30);
    await pass(0);
    expect(seqsOf(me)[0]).toBe(1);
    expect(windowOf(me)).toMatchObject({ atEnd: false, more: { after: true } });
    while (!windowOf(me).atEnd) await windows.loadAfter("g");
    expect(seqsOf(me).at(-1)).toBe(1_020);
  });
});
