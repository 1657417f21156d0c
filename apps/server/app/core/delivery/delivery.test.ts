import type { Conversation, Entry, GroupPushEvent, Message, RevokedEvent } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import { Membership } from "../timeline/membership.ts";
import type { EntryDraft, GroupPush, MemberState, SequencedFanOut } from "../timeline/model.ts";
import { Delivery } from "./delivery.ts";
import { GroupHeads } from "./group-heads.ts";
import type { Bus, BusMessage, Connections } from "./ports.ts";

/** The sockets of one node, and what they were pushed. */
class RecordedConnections implements Connections {
  readonly connected = new Set(["ann", "bob"]);
  readonly pushes: [string, Entry[]][] = [];
  readonly groupPushes: [string, GroupPushEvent][] = [];
  readonly ended: [string, string, RevokedEvent["reason"], string | undefined][] = [];

  isConnected(userId: string): boolean {
    return this.connected.has(userId);
  }

  get userCount(): number {
    return this.connected.size;
  }

  userIds(): Iterable<string> {
    return this.connected;
  }

  push(userId: string, entries: string, lastSeq: number): void {
    const pushed = JSON.parse(entries) as Entry[];
    expect(pushed.at(-1)?.seq).toBe(lastSeq);
    this.pushes.push([userId, pushed]);
  }

  pushedSeq(): number {
    return 0;
  }

  pushGroup(userIds: readonly string[], push: GroupPushEvent): void {
    this.groupPushes.push([userIds.toSorted().join(" "), push]);
  }

  endDevice(userId: string, deviceId: string, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    this.ended.push([userId, deviceId, reason, keepSessionId]);
  }
}

/** A bus whose other end is the test. */
class RecordedBus implements Bus {
  readonly isHealthy = true;
  readonly published: BusMessage[] = [];
  hear: (message: BusMessage) => void = () => undefined;

  userConnected(): void {}

  userDisconnected(): void {}

  publish(message: BusMessage): void {
    this.published.push(message);
  }

  subscribe(listener: (message: BusMessage) => void): void {
    this.hear = listener;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

let connections: RecordedConnections;
let bus: RecordedBus;
let faults: unknown[];
let groupHeads: GroupHeads;
let delivery: Delivery;
/** Answers the look-ups of conversations that are under way, in the order in which they were asked. */
let lookUps: ((result?: Error) => void)[];

/** Members of the large groups, as the database has them. */
let members: Membership;
/** How often they were read from there. */
let memberReads: number;

/** How often profiles were read. */
let profileReads: number;
const profileOf = (userId: string) => ({ userId, username: userId, displayName: `${userId} now` });

const deliveryOf = (sockets: RecordedConnections, otherNodes: RecordedBus, conversations: ConversationReader) =>
  new Delivery({
    connections: sockets,
    bus: otherNodes,
    conversations,
    memberships: {
      read: () => {
        memberReads += 1;
        return Promise.resolve(members);
      },
    },
    users: {
      findMany: (userIds) => {
        profileReads += 1;
        return Promise.resolve(userIds.filter((userId) => userId !== "gone").map(profileOf));
      },
    },
    groupHeads,
    onFault: (error) => faults.push(error),
  });

beforeEach(() => {
  members = Membership.none;
  memberReads = 0;
  profileReads = 0;
  connections = new RecordedConnections();
  bus = new RecordedBus();
  faults = [];
  groupHeads = new GroupHeads();
  lookUps = [];
  const conversations: ConversationReader = {
    views: (userId, ids) =>
      new Promise((resolve, reject) => {
        lookUps.push((failure) => {
          if (failure) reject(failure);
          else resolve(new Map(ids.map((id) => [id, { conversationId: id, title: `for ${userId}` } as Conversation])));
        });
      }),
    list: () => Promise.resolve([]),
    largeStates: () => Promise.resolve([]),
  };
  delivery = deliveryOf(connections, bus, conversations);
});

const read = (readSeq: number): EntryDraft => ({ type: "read", conversationId: "c", readSeq, unread: 0 });
const conversation: EntryDraft = { type: "conversation", conversationId: "c" };
const fanOut = (draft: EntryDraft, places: Record<string, number>): SequencedFanOut => ({
  draft,
  userIds: Object.keys(places),
  seqs: Object.values(places),
});

const commit = (fanOuts: SequencedFanOut[], at: number) =>
  delivery.committed({ fanOuts, groupPushes: [], memberships: [] }, at);

/** What was pushed to whom: `user: places`. */
const pushed = () =>
  connections.pushes.map(([userId, entries]) => `${userId}: ${entries.map(({ seq }) => seq).join(" ")}`);

describe("a commit", () => {
  it("is one push for each connected user, with their own places, and one message for the other nodes", () => {
    const fanOuts = [fanOut(read(1), { ann: 5, bob: 9, cid: 2 }), fanOut(read(2), { ann: 6, cid: 3 })];
    commit(fanOuts, 1_000);
    expect(pushed()).toEqual(["ann: 5 6", "bob: 9"]);
    expect(connections.pushes[0]?.[1]).toEqual([
      { seq: 5, at: 1_000, ...read(1) },
      { seq: 6, at: 1_000, ...read(2) },
    ]);
    expect(bus.published).toHaveLength(1);

    // What another node makes of that message is the same, for the users that it has.
    const elsewhere = new RecordedConnections();
    elsewhere.connected.add("cid");
    const otherBus = new RecordedBus();
    const other = deliveryOf(elsewhere, otherBus, {
      views: () => Promise.resolve(new Map()),
      list: () => Promise.resolve([]),
      largeStates: () => Promise.resolve([]),
    });
    otherBus.hear(JSON.parse(JSON.stringify(bus.published[0])) as BusMessage);
    expect(elsewhere.pushes.slice(0, 2)).toEqual(connections.pushes);
    expect(elsewhere.pushes[2]).toEqual([
      "cid",
      [
        { seq: 2, at: 1_000, ...read(1) },
        { seq: 3, at: 1_000, ...read(2) },
      ],
    ]);
    expect(otherBus.published, "and it is not sent on").toEqual([]);
    return other.settled();
  });

  it("of a profile shows it as it is by then, read once for all who hear of it", async () => {
    commit([fanOut({ type: "user", userId: "cid" }, { ann: 1, bob: 1 }), fanOut(read(1), { ann: 2 })], 1_000);
    commit([fanOut({ type: "user", userId: "gone" }, { bob: 2 })], 1_001);
    await delivery.settled();
    expect(connections.pushes).toEqual([
      [
        "ann",
        [
          { seq: 1, at: 1_000, type: "user", user: profileOf("cid") },
          { seq: 2, at: 1_000, ...read(1) },
        ],
      ],
      ["bob", [{ seq: 1, at: 1_000, type: "user", user: profileOf("cid") }]],
      ["bob", [{ seq: 2, at: 1_001, type: "user", user: { userId: "gone", username: "", displayName: "" } }]],
    ]);
    expect(profileReads).toBe(2);
  });

  it("that nobody here hears of reads nothing", () => {
    commit([fanOut(conversation, { cid: 1 })], 1_000);
    expect(lookUps).toEqual([]);
    expect(bus.published).toHaveLength(1);
  });

  it("whose conversations are still being read holds back those after it", async () => {
    commit([fanOut(conversation, { ann: 1, bob: 1 })], 1_000);
    commit([fanOut(read(1), { ann: 2 })], 1_001);
    await expect.poll(() => lookUps.length).toBe(2);
    expect(pushed()).toEqual([]);
    for (const answer of lookUps) answer();
    await delivery.settled();
    expect(pushed()).toEqual(["ann: 1", "bob: 1", "ann: 2"]);
    expect(connections.pushes.map(([, [entry]]) => entry?.type === "conversation" && entry.conversation.title)).toEqual(
      ["for ann", "for bob", false],
    );
    commit([fanOut(read(2), { ann: 3 })], 1_002);
    expect(pushed().at(-1), "and then nothing waits any more").toBe("ann: 3");
  });

  it("whose conversations cannot be read is lost, is reported, and holds up nobody", async () => {
    const away = new Error("the database is away");
    commit([fanOut(conversation, { ann: 1 })], 1_000);
    commit([fanOut(read(1), { ann: 2 })], 1_001);
    await expect.poll(() => lookUps.length).toBe(1);
    lookUps[0]?.(away);
    await delivery.settled();
    expect(pushed()).toEqual(["ann: 2"]);
    expect(faults).toEqual([away]);
  });
});

describe("news of a large group", () => {
  const member = (userId: string, fromSeq = 0, more: Partial<MemberState> = {}): MemberState => ({
    userId,
    role: 0,
    fromSeq,
    pastSpans: [],
    joinedAt: 0,
    ...more,
  });
  const message = (seq: number) => ({ conversationId: "gbig", seq }) as Message;
  const news = (seqs: number[], memberVersion: number, changed: number[] = []): GroupPush => ({
    push: {
      conversationId: "gbig",
      messages: seqs.map(message),
      changes: changed.map(message),
      lastSeq: seqs.at(-1) ?? 10,
      changeSeq: changed.length,
    },
    memberVersion,
  });
  const tell = (group: GroupPush, membership?: Membership) =>
    delivery.committed(
      { fanOuts: [], groupPushes: [group], memberships: membership ? [["gbig", membership]] : [] },
      1_000,
    );
  /** As if it had come from another node. */
  const hear = async (group: GroupPush) => {
    bus.hear({ kind: "commit", packet: { at: 1_000, drafts: [], recipients: [], groups: [group] } });
    await delivery.settled();
  };
  const told = () =>
    connections.groupPushes.map(([userIds, { messages }]) => [userIds, messages.map(({ seq }) => seq)]);

  it("goes to the members who are connected here, in one packet, by the list that the commit brought", () => {
    tell(news([7], 3), new Membership(3, [member("ann"), member("bob"), member("cid")]));
    expect(told()).toEqual([["ann bob", [7]]]);
    expect([memberReads, bus.published.length]).toEqual([0, 1]);
  });

  it("never gives a newcomer what was said before they came", () => {
    const list = new Membership(3, [member("ann", 2), member("bob", 7)]);
    tell(news([7, 8], 3, [4, 8]), list);
    expect(connections.groupPushes).toMatchObject([
      ["bob", { messages: [{ seq: 8 }], changes: [{ seq: 8 }], lastSeq: 8, changeSeq: 2 }],
      ["ann", { messages: [{ seq: 7 }, { seq: 8 }], changes: [{ seq: 4 }, { seq: 8 }] }],
    ]);
    connections.groupPushes.length = 0;
    tell(news([7], 3), list);
    expect(told()).toEqual([["ann", [7]]]);
  });

  it("of changes reaches one who is back for what they may read of their earlier stay", () => {
    const back = member("ann", 6, { pastSpans: [{ from: 1, to: 3 }] });
    tell(news([], 3, [1, 2, 3, 5, 7]), new Membership(3, [back]));
    expect(connections.groupPushes.map(([, { changes }]) => changes.map(({ seq }) => seq))).toEqual([[2, 3, 7]]);
  });

  it("of another membership than the one in memory has the members read anew, though no word of it has come", async () => {
    tell(news([7], 3), new Membership(3, [member("ann"), member("bob")]));
    members = new Membership(4, [member("ann"), member("bob", 0, { leftSeq: 8 })]);
    await hear(news([9], 4));
    expect(told()).toEqual([
      ["ann bob", [7]],
      ["ann", [9]],
    ]);
    await hear(news([10], 4));
    expect([told().at(-1), memberReads]).toEqual([["ann", [10]], 1]);
  });

  it("is silent to one who has left since, when it overtakes the word of their leaving", async () => {
    tell(news([7], 3), new Membership(3, [member("ann"), member("bob")]));
    // The members as they are read may be newer than the packet: then nobody more hears of it.
    members = new Membership(5, [member("ann"), member("bob", 0, { leftSeq: 9 })]);
    await hear(news([9], 4));
    expect(told().at(-1)).toEqual(["ann", [9]]);
  });
});

describe("a session that ends", () => {
  it("ends at every node", () => {
    delivery.endSockets({ userId: "ann", deviceId: "phone" }, "replaced", "new");
    delivery.endSockets({ userId: "ann", deviceId: "phone" }, "logout");
    const ended = [
      ["ann", "phone", "replaced", "new"],
      ["ann", "phone", "logout", undefined],
    ];
    expect(connections.ended).toEqual(ended);
    for (const message of bus.published) bus.hear(JSON.parse(JSON.stringify(message)) as BusMessage);
    expect(connections.ended).toEqual([...ended, ...ended]);
  });
});
