import type { Seq } from "@im-webapp/protocol";
import { LRUCache } from "lru-cache";
import { beforeEach, describe, expect, it } from "vitest";
import { type BatchMemory, runBatch } from "./batch.ts";
import type { Command } from "./command.ts";
import { Membership } from "./membership.ts";
import { type MemberState, NEW_CONVERSATION } from "./model.ts";
import { MemoryTimelineStore } from "./testing/memory-timeline-store.ts";
import { textCommand } from "./testing/pipeline-under-test.ts";

const MEMBER: Omit<MemberState, "userId"> = { role: 0, fromSeq: 0, pastSpans: [], joinedAt: 0 };

let store: MemoryTimelineStore;
let memory: BatchMemory;

beforeEach(() => {
  store = new MemoryTimelineStore();
  store.seed("gb", ["cid", "ann"]);
  store.seed("ga", ["bob", "ann"]);
  memory = {
    memberships: new LRUCache({ max: 10 }),
    groups: new LRUCache({ max: 10 }),
    users: new LRUCache({ max: 10 }),
  };
});

const run = (...commands: Command<unknown>[]) =>
  store.commit((transaction) =>
    runBatch(transaction, commands, { at: 1_000, fanoutMaxMembers: 4, memory, guess: true }),
  );

const say = (id: string, conversationId: string, senderId = "ann") => textCommand(id, { conversationId, senderId });

const asking = (users: string[], seen: (exists: boolean[]) => void): Command<void> => ({
  locks: [],
  users,
  decide: (stage) => seen(users.map((userId) => stage.userExists(userId))),
});

describe("a batch", () => {
  it("locks conversations by id, then timelines by user, each once, whatever the commands' order", async () => {
    await run(say("1", "gb"), say("2", "ga"), say("3", "gb", "cid"));
    expect(store.calls.filter((call) => call.startsWith("lock"))).toEqual([
      "lockConversations ga gb",
      "lockTimelines ann bob cid",
    ]);
  });

  it("gives each timeline its entries in the commands' order, after those that it has", async () => {
    store.heads.set("ann", 40);
    const { fanOuts } = await run(say("1", "gb"), say("2", "ga"), say("3", "gb", "cid"));
    const places: Record<string, Seq[]> = {};
    for (const { userIds, seqs } of fanOuts)
      userIds.forEach((userId, index) => (places[userId] ??= []).push(seqs[index]!));
    expect(places).toEqual({ ann: [41, 42, 43], bob: [1], cid: [1, 2] });
    expect(Object.fromEntries(store.heads)).toEqual({ ann: 43, bob: 1, cid: 2 });
  });

  it("of reads alone writes nothing", async () => {
    const { outcomes } = await run({ locks: ["ga"], decide: (stage) => stage.conversation("ga")?.lastSeq });
    expect(outcomes).toEqual([{ ok: true, value: 0 }]);
    expect(store.commits).toEqual([]);
    expect(store.calls.some((call) => call.startsWith("lockTimelines"))).toBe(false);
  });

  it("writes each conversation that changed once, those that it made apart", async () => {
    const make: Command<void> = {
      locks: ["gnew"],
      decide: (stage) => {
        const member = { userId: "ann", role: 0, fromSeq: 0, pastSpans: [], joinedAt: stage.at } as const;
        const conversation = { conversationId: "gnew", type: "group", groupId: "new", ...NEW_CONVERSATION } as const;
        stage.createConversation(conversation, [member]);
      },
    };
    await run(say("1", "ga"), make, say("2", "gnew"), say("3", "ga", "bob"));
    const { createdConversations, movedConversations, messages, reads } = store.commits[0]!;
    expect(createdConversations).toMatchObject([
      { conversationId: "gnew", lastSeq: 1, memberVersion: 1, memberCount: 1 },
    ]);
    expect(movedConversations).toMatchObject([{ conversationId: "ga", lastSeq: 2 }]);
    expect(messages.map(({ message }) => message.messageId)).toEqual(["ga-1", "gnew-1", "ga-2"]);
    expect(reads).toEqual([
      { conversationId: "ga", userId: "ann", readSeq: 1 },
      { conversationId: "gnew", userId: "ann", readSeq: 1 },
      { conversationId: "ga", userId: "bob", readSeq: 2 },
    ]);
  });
});

describe("timelines that a batch will write", () => {
  const locks = () => store.calls.filter((call) => call.startsWith("lock"));
  const tell = (id: string, conversationId = "gb") => ({ ...say(id, conversationId), tellsMembers: true });

  it("are locked with the conversations, once the members are known", async () => {
    await run(tell("1"));
    expect(locks()).toEqual(["lockConversations gb", "lockTimelines ann cid"]);
    store.calls.length = 0;
    await run(tell("2"), say("3", "ga"));
    expect(locks()).toEqual(["lockConversations ga gb", "lockTimelines ann cid", "lockTimelines bob"]);
    expect(Object.fromEntries(store.heads)).toEqual({ ann: 3, cid: 2, bob: 1 });
  });

  it("are locked as they are needed when the guess is wrong, and nothing is written for those in vain", async () => {
    await run(tell("1"));
    memory.memberships.set("gb", new Membership(0, [{ ...MEMBER, userId: "bob" }]));
    store.calls.length = 0;
    const { fanOuts } = await run(tell("2"));
    expect(locks()).toEqual(["lockConversations gb", "lockTimelines bob", "lockTimelines ann cid"]);
    expect(fanOuts.map(({ userIds, seqs }) => [userIds, seqs])).toEqual([
      [
        ["cid", "ann"],
        [2, 2],
      ],
    ]);
    expect(store.heads.has("bob")).toBe(false);
  });

  it("are not guessed for a group above the threshold, nor when the batch is run again", async () => {
    await run(tell("1"));
    store.calls.length = 0;
    await store.commit((transaction) =>
      runBatch(transaction, [tell("2")], { at: 1_000, fanoutMaxMembers: 4, memory, guess: false }),
    );
    await store.commit((transaction) =>
      runBatch(transaction, [tell("3")], { at: 1_000, fanoutMaxMembers: 1, memory, guess: true }),
    );
    expect(locks()).toEqual(Array.from({ length: 2 }, () => ["lockConversations gb", "lockTimelines ann cid"]).flat());
  });
});

describe("the news of a large group", () => {
  const members = ["ann", "bob", "cid", "dai", "eve"];

  beforeEach(() => {
    store.seed("gbig", members);
    store.conversations.set("gbig", { ...store.conversations.get("gbig")!, large: true });
  });

  const react = (seq: number): Command<void> => ({
    locks: ["gbig"],
    messages: [{ conversationId: "gbig", seq }],
    decide: (stage) => void stage.change(stage.message({ conversationId: "gbig", seq })!),
  });

  it("is one push for the whole batch, with where the conversation stands after it, and no timeline row", async () => {
    await run(say("1", "gbig"));
    const { groupPushes, fanOuts } = await run(say("2", "gbig"), react(1), say("3", "gbig"), react(2));
    expect(fanOuts).toEqual([]);
    expect(groupPushes).toMatchObject([
      { push: { conversationId: "gbig", lastSeq: 3, changeSeq: 2 }, memberVersion: 1 },
    ]);
    const { messages, changes } = groupPushes[0]!.push;
    expect(messages.map(({ clientMessageId }) => clientMessageId)).toEqual(["2", "3"]);
    expect(changes.map(({ clientMessageId, version }) => [clientMessageId, version])).toEqual([
      ["1", 2],
      ["2", 2],
    ]);
    expect([...store.heads]).toEqual([]);
    expect(store.messages.map(({ seq, version }) => [seq, version])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
    ]);
  });

  it("goes out with the list of members that the commit has seen", async () => {
    const { groupPushes, memberships } = await run(say("1", "gbig"));
    expect(memberships.map(([id, membership]) => [id, membership.version, membership.activeIds])).toEqual([
      ["gbig", groupPushes[0]?.memberVersion, members],
    ]);
  });
});

describe("what batches remember", () => {
  const asked = (what: string) => store.calls.filter((call) => call.startsWith(what));

  it("is a member list, for as long as the locked row has its version", async () => {
    await run(say("1", "ga"));
    await run(say("2", "ga"));
    expect(asked("members")).toEqual(["members ga"]);

    // Another node lets Cid in; no word of it has come here.
    const row = store.conversations.get("ga")!;
    store.conversations.set("ga", { ...row, memberVersion: row.memberVersion + 1 });
    store.members.get("ga")!.set("cid", { userId: "cid", role: 0, fromSeq: 0, pastSpans: [], joinedAt: 0 });
    const { fanOuts } = await run(say("3", "ga"));
    expect(fanOuts[0]?.userIds).toEqual(["bob", "ann", "cid"]);
    expect(asked("members")).toEqual(["members ga", "members ga"]);
  });

  it("is that a user exists, and never that one does not", async () => {
    store.users.add("ann");
    const seen: boolean[][] = [];
    const ask = (...users: string[]) => run(asking(users, (exists) => seen.push(exists)));
    await ask("ann", "dai");
    store.users.add("dai");
    await ask("ann", "dai");
    await ask("dai", "ann");
    expect(seen).toEqual([
      [true, false],
      [true, true],
      [true, true],
    ]);
    expect(asked("existingUsers")).toEqual(["existingUsers ann dai", "existingUsers dai"]);
  });

  it("answers only for those whom a command of this batch has named", async () => {
    store.users.add("ann");
    let other: boolean | undefined;
    await run(
      asking(["ann"], () => undefined),
      { locks: [], decide: (stage) => void (other = stage.userExists("bob")) },
    );
    expect(other).toBe(false);
  });
});
