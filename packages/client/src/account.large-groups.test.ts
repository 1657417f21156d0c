import type { Message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { LargeGroupUnderTest } from "../test/large-group-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const group = new LargeGroupUnderTest(scenario);

describe("a large group", () => {
  it("lives on its pushes: messages, unread, mentions, edits, without a question", async () => {
    const me = await group.enter();
    scenario.server.say("ann", "g", "one");
    scenario.server.say("bob", "g", "two");
    scenario.server.edit("g", 1, "one!");
    await pass(0);
    expect(me.texts("g")).toEqual(["one!", "two"]);
    expect(group.view(me)).toMatchObject({ large: true, lastSeq: 2, changeSeq: 1, unread: 2, lastMessage: { seq: 2 } });
    expect(me.state.unreadTotal).toBe(2);
    expect((await group.cached(me)).map(({ version }) => version)).toEqual([2, 1]);
    await me.account.markRead("g", 2);
    await pass(0);
    expect(group.view(me)).toMatchObject({ readSeq: 2, unread: 0 });
    expect(group.calls()).toEqual(["read:mark"]);
  });

  it("shows an own message once, whether the push or the acknowledgement comes first, or the push never", async () => {
    const me = await group.enter();
    const seen = new Set<string>();
    const look = (): void => void seen.add(me.texts("g").join());
    await me.send("g", "one");
    look();
    scenario.server.after = look;
    await pass(0);
    look();
    scenario.server.pushing = false;
    await me.send("g", "two");
    await pass(999);
    look();
    await pass(1);
    look();
    expect([...seen]).toEqual(["[one]", "one", "one,[two]", "one,two"]);
    expect((await me.store.load()).outgoing).toEqual([]);
    expect(group.view(me)).toMatchObject({ readSeq: 2, unread: 0 });
  });

  it("shows a mention once, though it comes by the timeline and by a push, and counts what it overtook", async () => {
    const me = await group.enter();
    scenario.server.say("ann", "g", "hello @me", ["me"]);
    await pass(0);
    expect(me.texts("g")).toEqual(["hello @me"]);
    expect(group.view(me)).toMatchObject({ unread: 1, mentioned: true });
    // Only the entry arrives of what follows.
    scenario.server.route = (deliver) => (scenario.server.world("g").lastSeq === 3 ? deliver() : undefined);
    scenario.server.say("ann", "g", "lost");
    scenario.server.say("ann", "g", "@me again", ["me"]);
    await pass(0);
    expect(group.view(me)).toMatchObject({ lastSeq: 3, unread: 3 });
    await pass(250);
    expect(me.texts("g")).toEqual(["hello @me", "lost", "@me again"]);
    expect((await group.cached(me)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("holds what comes early, and drops what comes twice", async () => {
    const me = await group.enter();
    const late: (() => void)[] = [];
    scenario.server.route = (deliver) => late.push(deliver);
    for (const text of ["a", "b", "c"]) scenario.server.say("ann", "g", text);
    scenario.server.edit("g", 2, "b!");
    for (const deliver of late.toReversed()) deliver();
    for (const deliver of late) deliver();
    await pass(0);
    expect(me.texts("g")).toEqual(["a", "b!", "c"]);
    await pass(200);
    expect(group.calls()).toEqual([]);
  });

  it("asks for what is missing when a hole does not close within 100 ms", async () => {
    const me = await group.enter();
    scenario.server.say("ann", "g", "a");
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    scenario.server.edit("g", 1, "a!");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "c");
    await pass(99);
    expect(me.texts("g")).toEqual(["a"]);
    expect(group.calls()).toEqual([]);
    await pass(1);
    expect(me.texts("g")).toEqual(["a!", "lost", "c"]);
    expect((await group.cached(me)).map(({ version }) => version)).toEqual([2, 1, 1]);
    expect(group.held(me)).toEqual({ lastSeq: 3, changeSeq: 1, large: true });
  });

  it("asks, for what somebody looks at, after a minute of silence, and when somebody looks again", async () => {
    const me = await group.enter();
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    await pass(59_000);
    expect(me.texts("g")).toEqual([]);
    await pass(1_000);
    expect(me.texts("g")).toEqual(["lost"]);
    scenario.server.edit("g", 1, "lost, edited");
    await pass(2_000);
    me.focus();
    await pass(0);
    expect(me.texts("g")).toEqual(["lost, edited"]);
    me.account.windows.close("g");
    group.forget();
    await pass(120_000);
    expect(group.calls().filter((name) => name.startsWith("history"))).toEqual([]);
  });

  it("tells an offline device of messages, edits and recalls when it comes back, and of nothing twice", async () => {
    const me = await group.enter();
    for (const text of ["a", "secret", "c"]) scenario.server.say("ann", "g", text);
    await pass(0);
    me.account.windows.close("g");
    scenario.server.disconnect();
    scenario.server.say("me", "g", "from my phone");
    scenario.server.say("bob", "g", "e");
    scenario.server.edit("g", 3, "c!");
    scenario.server.recall("g", 2);
    scenario.server.recall("g", 5);
    await group.comeBack(me);
    expect(group.view(me)).toMatchObject({ lastSeq: 5, readSeq: 4, unread: 1, lastMessage: { version: 2 } });
    expect(group.calls()).toEqual(["sync:pull", "history:changes", "history:pull"]);
    const stored = await group.cached(me);
    expect(stored).toEqual(scenario.server.messages("g"));
    expect(JSON.stringify([stored, await me.store.load()])).not.toContain("secret");
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")).toEqual(["a", "system", "c!", "from my phone", "system"]);
    scenario.server.calls.length = 0;
    scenario.server.disconnect();
    await group.comeBack(me);
    expect(group.calls()).toEqual(["sync:pull"]);
  });

  it("reads only the newest of a wide gap, and drops what it cannot bring up to date", async () => {
    const me = await group.enter();
    for (const text of ["old one", "old two"]) scenario.server.say("ann", "g", text);
    await pass(0);
    scenario.server.disconnect();
    for (let count = 0; count < 600; count += 1) scenario.server.say("bob", "g", `talk ${count}`);
    scenario.server.say("me", "g", "from my phone");
    for (let count = 0; count < 700; count += 1) scenario.server.say("bob", "g", `more ${count}`);
    await group.comeBack(me);
    expect(group.view(me)).toMatchObject({ lastSeq: 1_303, readSeq: 603, unread: 700 });
    const seqs = (await group.cached(me)).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, ...Array.from({ length: 50 }, (_, index) => 1_254 + index)]);
    expect(me.texts("g")).toHaveLength(50);

    scenario.server.disconnect();
    for (let count = 0; count < 2_100; count += 1) scenario.server.edit("g", 1 + (count % 1_303), `edit ${count}`);
    scenario.server.calls.length = 0;
    await group.comeBack(me);
    expect(group.held(me)).toMatchObject({ lastSeq: 1_303, changeSeq: 2_100 });
    expect(me.texts("g")).toHaveLength(50);
    expect(me.texts("g").at(-1)).toBe("edit 1302");
    for (const message of await group.cached(me))
      expect(message).toEqual(scenario.server.world("g").message(message.seq));
    const walked = new Map<number, Message>();
    const walk = () => me.state.windows.get("g")?.messages.forEach((message) => walked.set(message.seq, message));
    for (walk(); me.state.windows.get("g")?.more.before; walk()) await me.account.windows.loadBefore("g");
    expect([...walked.values()].toSorted((a, b) => a.seq - b.seq)).toEqual(scenario.server.messages("g"));
  });

  it("learns of an own message of another device within a gap that it passes over while online", async () => {
    const me = await group.enter();
    scenario.server.pushing = false;
    scenario.server.say("me", "g", "from my phone");
    for (let count = 0; count < 600; count += 1) scenario.server.say("bob", "g", `talk ${count}`);
    scenario.server.pushing = true;
    scenario.server.say("bob", "g", "last");
    await pass(200);
    expect(group.view(me)).toMatchObject({ lastSeq: 602, readSeq: 1, unread: 601 });
  });

  it("acknowledges what it holds, seldom", async () => {
    const me = await group.enter();
    for (let index = 0; index < 40; index += 1) {
      scenario.server.say("ann", "g", `m${index}`);
      await pass(200);
    }
    scenario.server.edit("g", 3, "edited");
    await pass(10_000);
    const acks = scenario.server.calls.filter(({ name }) => name === "sync:ack").map(({ request }) => request);
    expect(acks.length).toBeLessThanOrEqual(4);
    expect(acks.at(-1)).toEqual({
      cursor: (await me.store.load()).position.cursor,
      groups: [{ conversationId: "g", lastSeq: 40, changeSeq: 1 }],
    });
  });
});
