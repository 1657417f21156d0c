import { describe, expect, it } from "vitest";
import { ImError } from "./errors.ts";
import type { AccountUnderTest } from "../test/account-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();

/** A device online in a large group of three, whose window is open; another member makes it small by leaving. */
async function inLargeGroup(): Promise<AccountUnderTest> {
  scenario.server.fanoutMaxMembers = 2;
  scenario.server.group("g", ["me", "ann", "bob"]);
  const me = await scenario.online("me");
  me.account.windows.open("g");
  await pass(0);
  scenario.server.calls.length = 0;
  return me;
}

const calls = (): string[] => scenario.server.calls.map(({ name }) => name);
const view = (me: AccountUnderTest) => me.state.conversations.find(({ conversationId }) => conversationId === "g");
const cached = async (me: AccountUnderTest) => (await me.store.messages("g", 5_000)).messages;
const held = (me: AccountUnderTest) => me.account.record("g")?.held;

/** Connects again at once, and gives what follows the time that it takes. */
async function comeBack(me: AccountUnderTest): Promise<void> {
  me.account.reconnectNow();
  await pass(250);
}

describe("a large group", () => {
  it("lives on its pushes: messages, unread, mentions, edits, without a question", async () => {
    const me = await inLargeGroup();
    scenario.server.say("ann", "g", "one");
    scenario.server.say("bob", "g", "two");
    scenario.server.edit("g", 1, "one!");
    await pass(0);
    expect(me.texts("g")).toEqual(["one!", "two"]);
    expect(view(me)).toMatchObject({ large: true, lastSeq: 2, changeSeq: 1, unread: 2, lastMessage: { seq: 2 } });
    expect(me.state.unreadTotal).toBe(2);
    expect((await cached(me)).map(({ version }) => version)).toEqual([2, 1]);
    await me.account.markRead("g", 2);
    await pass(0);
    expect(view(me)).toMatchObject({ readSeq: 2, unread: 0 });
    expect(calls()).toEqual(["read:mark"]);
  });

  it("shows an own message once, whether the push or the acknowledgement comes first, or the push never", async () => {
    const me = await inLargeGroup();
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
    expect(view(me)).toMatchObject({ readSeq: 2, unread: 0 });
  });

  it("shows a mention once, though it comes by the timeline and by a push, and counts what it overtook", async () => {
    const me = await inLargeGroup();
    scenario.server.say("ann", "g", "hello @me", ["me"]);
    await pass(0);
    expect(me.texts("g")).toEqual(["hello @me"]);
    expect(view(me)).toMatchObject({ unread: 1, mentioned: true });
    // Only the entry arrives of what follows.
    scenario.server.route = (deliver) => (scenario.server.world("g").lastSeq === 3 ? deliver() : undefined);
    scenario.server.say("ann", "g", "lost");
    scenario.server.say("ann", "g", "@me again", ["me"]);
    await pass(0);
    expect(view(me)).toMatchObject({ lastSeq: 3, unread: 3 });
    await pass(250);
    expect(me.texts("g")).toEqual(["hello @me", "lost", "@me again"]);
    expect((await cached(me)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("holds what comes early, and drops what comes twice", async () => {
    const me = await inLargeGroup();
    const late: (() => void)[] = [];
    scenario.server.route = (deliver) => late.push(deliver);
    for (const text of ["a", "b", "c"]) scenario.server.say("ann", "g", text);
    scenario.server.edit("g", 2, "b!");
    for (const deliver of late.toReversed()) deliver();
    for (const deliver of late) deliver();
    await pass(0);
    expect(me.texts("g")).toEqual(["a", "b!", "c"]);
    await pass(200);
    expect(calls()).toEqual([]);
  });

  it("asks for what is missing when a hole does not close within 100 ms", async () => {
    const me = await inLargeGroup();
    scenario.server.say("ann", "g", "a");
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    scenario.server.edit("g", 1, "a!");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "c");
    await pass(99);
    expect(me.texts("g")).toEqual(["a"]);
    expect(calls()).toEqual([]);
    await pass(1);
    expect(me.texts("g")).toEqual(["a!", "lost", "c"]);
    expect((await cached(me)).map(({ version }) => version)).toEqual([2, 1, 1]);
    expect(held(me)).toEqual({ lastSeq: 3, changeSeq: 1, large: true });
  });

  it("tells an offline device of messages, edits and recalls when it comes back, and of nothing twice", async () => {
    const me = await inLargeGroup();
    for (const text of ["a", "secret", "c"]) scenario.server.say("ann", "g", text);
    await pass(0);
    me.account.windows.close("g");
    scenario.server.disconnect();
    scenario.server.say("me", "g", "from my phone");
    scenario.server.say("bob", "g", "e");
    scenario.server.edit("g", 3, "c!");
    scenario.server.recall("g", 2);
    scenario.server.recall("g", 5);
    await comeBack(me);
    expect(view(me)).toMatchObject({ lastSeq: 5, readSeq: 4, unread: 1, lastMessage: { version: 2 } });
    expect(calls()).toEqual(["sync:pull", "history:changes", "history:pull"]);
    const stored = await cached(me);
    expect(stored).toEqual(scenario.server.messages("g"));
    expect(JSON.stringify([stored, await me.store.load()])).not.toContain("secret");
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")).toEqual(["a", "system", "c!", "from my phone", "system"]);
    scenario.server.calls.length = 0;
    scenario.server.disconnect();
    await comeBack(me);
    expect(calls()).toEqual(["sync:pull"]);
  });

  it("reads only the newest of a wide gap, and drops what it cannot bring up to date", async () => {
    const me = await inLargeGroup();
    for (const text of ["old one", "old two"]) scenario.server.say("ann", "g", text);
    await pass(0);
    scenario.server.disconnect();
    for (let count = 0; count < 600; count += 1) scenario.server.say("bob", "g", `talk ${count}`);
    scenario.server.say("me", "g", "from my phone");
    for (let count = 0; count < 700; count += 1) scenario.server.say("bob", "g", `more ${count}`);
    await comeBack(me);
    expect(view(me)).toMatchObject({ lastSeq: 1_303, readSeq: 603, unread: 700 });
    const seqs = (await cached(me)).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, ...Array.from({ length: 50 }, (_, index) => 1_254 + index)]);
    expect(me.texts("g")).toHaveLength(50);

    scenario.server.disconnect();
    for (let count = 0; count < 2_100; count += 1) scenario.server.edit("g", 1 + (count % 1_303), `edit ${count}`);
    scenario.server.calls.length = 0;
    await comeBack(me);
    expect(held(me)).toMatchObject({ lastSeq: 1_303, changeSeq: 2_100 });
    expect(me.texts("g")).toHaveLength(50);
    expect(me.texts("g").at(-1)).toBe("edit 1302");
    for (const message of await cached(me)) expect(message).toEqual(scenario.server.world("g").message(message.seq));
    while (me.state.windows.get("g")?.more.before) await me.account.windows.loadBefore("g");
    expect(me.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
  });

  it("learns of an own message of another device within a gap that it passes over while online", async () => {
    const me = await inLargeGroup();
    scenario.server.pushing = false;
    scenario.server.say("me", "g", "from my phone");
    for (let count = 0; count < 600; count += 1) scenario.server.say("bob", "g", `talk ${count}`);
    scenario.server.pushing = true;
    scenario.server.say("bob", "g", "last");
    await pass(200);
    expect(view(me)).toMatchObject({ lastSeq: 602, readSeq: 1, unread: 601 });
  });

  it("acknowledges what it holds, seldom", async () => {
    const me = await inLargeGroup();
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

describe("a group that crosses the threshold", () => {
  it("loses and repeats nothing, whatever is lost on the way", async () => {
    const me = await inLargeGroup();
    scenario.server.say("ann", "g", "large");
    await pass(0);
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "large, lost");
    scenario.server.edit("g", 1, "large, edited");
    scenario.server.leave("g", "bob");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "small");
    await pass(300);
    const small = ["large, edited", "large, lost", "system", "small"];
    expect(me.texts("g")).toEqual(small);
    expect(view(me)).not.toHaveProperty("large");
    expect(await cached(me)).toEqual(scenario.server.messages("g"));

    scenario.server.edit("g", 4, "small, edited");
    scenario.server.pushing = false;
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "large again");
    scenario.server.edit("g", 2, "found");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "end");
    await pass(300);
    expect(view(me)).toMatchObject({ large: true, lastSeq: 7 });
    expect(await cached(me)).toEqual(scenario.server.messages("g"));
    expect(me.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
  });

  it("is complete for a device that was away for a whole large spell", async () => {
    const me = await inLargeGroup();
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "small");
    await pass(0);
    scenario.server.disconnect();
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "large");
    scenario.server.edit("g", 2, "changed while large");
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "small again");
    await comeBack(me);
    expect(await cached(me)).toEqual(scenario.server.messages("g"));
    expect(view(me)).toMatchObject({ lastSeq: 6, unread: 6 });
    expect(held(me)).toMatchObject({ lastSeq: 6, large: false });
  });

  it("asks for nothing while its messages and changes come by the timeline", async () => {
    scenario.server.fanoutMaxMembers = 9;
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.calls.length = 0;
    scenario.server.say("ann", "g", "one");
    scenario.server.edit("g", 1, "two");
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "three");
    await pass(1_000);
    scenario.server.disconnect();
    scenario.server.edit("g", 1, "four");
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "five");
    await comeBack(me);
    await pass(1_000);
    expect(calls()).toEqual(["sync:pull"]);
    expect(held(me)).toEqual({ lastSeq: 5, changeSeq: 2, large: false });
    expect(await cached(me)).toEqual(scenario.server.messages("g"));
  });
});

describe("what is read while it changes", () => {
  /** Lets the answers of one call wait; gives what lets them go. */
  function hold(held: string): () => void {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    scenario.server.after = (name) => (name === held ? gate : undefined);
    return () => {
      scenario.server.after = () => undefined;
      release();
    };
  }

  it("shows a change that overtakes an older answer, in a window and in the cache", async () => {
    const me = await inLargeGroup();
    scenario.server.past("g", "ann", 120);
    scenario.server.disconnect();
    await comeBack(me);
    const release = hold("history:pull");
    const loading = me.account.windows.loadBefore("g");
    await pass(0);
    scenario.server.recall("g", 60);
    await pass(0);
    release();
    await loading;
    expect(me.state.windows.get("g")?.messages.find(({ seq }) => seq === 60)?.version).toBe(2);
    expect((await cached(me)).find(({ seq }) => seq === 60)?.version).toBe(2);
  });

  it("holds pushes back while the gap before them is read, and applies them after it", async () => {
    const me = await inLargeGroup();
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "b");
    const release = hold("history:pull");
    await pass(150);
    scenario.server.say("ann", "g", "c");
    scenario.server.edit("g", 3, "c!");
    await pass(0);
    release();
    await pass(0);
    expect(me.texts("g")).toEqual(["lost", "b", "c!"]);
    expect(held(me)).toEqual({ lastSeq: 3, changeSeq: 1, large: true });
  });

  it("goes on where it was when the connection is lost in the middle", async () => {
    const me = await inLargeGroup();
    scenario.server.say("ann", "g", "a");
    await pass(0);
    scenario.server.disconnect();
    scenario.server.say("ann", "g", "b");
    scenario.server.edit("g", 1, "a!");
    scenario.server.after = (name) => {
      if (name !== "history:pull" || !scenario.server.reachable) return;
      scenario.server.reachable = false;
      scenario.server.disconnect();
    };
    await comeBack(me);
    expect(held(me)).toMatchObject({ lastSeq: 1, changeSeq: 0 });
    scenario.server.after = () => undefined;
    scenario.server.reachable = true;
    await comeBack(me);
    expect(held(me)).toEqual({ lastSeq: 2, changeSeq: 1, large: true });
    expect(me.texts("g")).toEqual(["a!", "b"]);
  });

  it("asks for no page while it has no place in the timeline, and takes none from before", async () => {
    const me = await inLargeGroup();
    scenario.server.past("g", "ann", 120);
    scenario.server.disconnect();
    await comeBack(me);
    await pass(1_000);
    const release = hold("history:pull");
    const loading = me.account.windows.loadBefore("g");
    await pass(0);
    // The answer under way shows message 60 as it was; the change is lost, and the list that follows counts it.
    scenario.server.pushing = false;
    scenario.server.edit("g", 60, "new");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "@me", ["me"]);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    let asked = 0;
    scenario.server.before = (name) => {
      if (name === "sync:bootstrap") asked = scenario.server.count("history:pull");
    };
    scenario.server.route = () => undefined;
    scenario.server.say("ann", "g", "@me too", ["me"]);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    me.focus();
    await pass(0);
    expect(scenario.server.count("history:pull")).toBe(asked + 1);
    release();
    await loading;
    await pass(100);
    for (const message of await cached(me)) expect(message).toEqual(scenario.server.world("g").message(message.seq));
    while (me.state.windows.get("g")?.more.before) await me.account.windows.loadBefore("g");
    expect(me.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
  });

  it("leaves a conversation that the server cannot give, and completes the others", async () => {
    const me = await inLargeGroup();
    scenario.server.group("h", ["me", "ann", "bob"]);
    await pass(0);
    scenario.server.disconnect();
    scenario.server.say("ann", "g", "in g");
    scenario.server.say("ann", "h", "in h");
    scenario.server.before = (name, request) => {
      if (name === "history:pull" && "conversationId" in request && request.conversationId === "g") {
        throw new ImError({ code: "INTERNAL", message: "broken" });
      }
    };
    await comeBack(me);
    expect(me.account.record("h")?.held.lastSeq).toBe(1);
    me.faults.splice(0);
    scenario.server.before = () => undefined;
    scenario.server.disconnect();
    await comeBack(me);
    expect(me.texts("g")).toEqual(["in g"]);
  });
});

describe("changing a message", () => {
  it("edits, recalls and reacts where there is a connection, and says so where there is none", async () => {
    const me = await inLargeGroup();
    scenario.server.say("me", "g", "a");
    scenario.server.say("me", "g", "b");
    await pass(0);
    const { messages } = me.account;
    await messages.edit("g", 1, "a!");
    await messages.react("g", 1, "👍", true);
    await messages.recall("g", 2);
    await pass(0);
    expect(me.texts("g")).toEqual(["a!", "system"]);
    expect(me.state.windows.get("g")?.messages[0]?.reactions).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
    expect(await messages.readers("g", 2)).toEqual({ readers: ["me"], more: false });
    scenario.server.disconnect();
    for (const change of [messages.edit("g", 1, "x"), messages.recall("g", 1), messages.react("g", 1, "👍", false)]) {
      await expect(change).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
    }
  });

  it("shows its own change although the push of it was lost", async () => {
    const me = await inLargeGroup();
    scenario.server.say("me", "g", "a");
    await pass(0);
    scenario.server.pushing = false;
    await me.account.messages.edit("g", 1, "a!");
    await pass(999);
    expect(me.texts("g")).toEqual(["a"]);
    await pass(1);
    expect(me.texts("g")).toEqual(["a!"]);
  });
});
