import type { Conversation, Entry, RevokedEvent } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { EntryDraft, SequencedFanOut } from "../timeline/model.ts";
import { Delivery } from "./delivery.ts";
import type { Bus, BusMessage, Connections } from "./ports.ts";

/** The sockets of one node, and what they were pushed. */
class RecordedConnections implements Connections {
  readonly connected = new Set(["ann", "bob"]);
  readonly pushes: [string, Entry[]][] = [];
  readonly ended: [string, string, RevokedEvent["reason"], string | undefined][] = [];

  isConnected(userId: string): boolean {
    return this.connected.has(userId);
  }

  push(userId: string, entries: readonly Entry[]): void {
    this.pushes.push([userId, [...entries]]);
  }

  endDevice(userId: string, deviceId: string, reason: RevokedEvent["reason"], keepSessionId?: string): void {
    this.ended.push([userId, deviceId, reason, keepSessionId]);
  }
}

/** A bus whose other end is the test. */
class RecordedBus implements Bus {
  readonly published: BusMessage[] = [];
  hear: (message: BusMessage) => void = () => undefined;

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
let delivery: Delivery;
/** Answers the look-ups of conversations that are under way, in the order in which they were asked. */
let lookUps: ((result?: Error) => void)[];

beforeEach(() => {
  connections = new RecordedConnections();
  bus = new RecordedBus();
  faults = [];
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
  };
  delivery = new Delivery(connections, bus, conversations, (error) => faults.push(error));
});

const read = (readSeq: number): EntryDraft => ({ type: "read", conversationId: "c", readSeq, unread: 0 });
const conversation: EntryDraft = { type: "conversation", conversationId: "c" };
const fanOut = (draft: EntryDraft, places: Record<string, number>): SequencedFanOut => ({
  draft,
  userIds: Object.keys(places),
  seqs: Object.values(places),
});

/** What was pushed to whom: `user: places`. */
const pushed = () =>
  connections.pushes.map(([userId, entries]) => `${userId}: ${entries.map(({ seq }) => seq).join(" ")}`);

describe("a commit", () => {
  it("is one push for each connected user, with their own places, and one message for the other nodes", () => {
    const fanOuts = [fanOut(read(1), { ann: 5, bob: 9, cid: 2 }), fanOut(read(2), { ann: 6, cid: 3 })];
    delivery.committed(fanOuts, 1_000);
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
    const other = new Delivery(
      elsewhere,
      otherBus,
      { views: () => Promise.resolve(new Map()), list: () => Promise.resolve([]) },
      () => undefined,
    );
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

  it("that nobody here hears of reads nothing", () => {
    delivery.committed([fanOut(conversation, { cid: 1 })], 1_000);
    expect(lookUps).toEqual([]);
    expect(bus.published).toHaveLength(1);
  });

  it("whose conversations are still being read holds back those after it", async () => {
    delivery.committed([fanOut(conversation, { ann: 1, bob: 1 })], 1_000);
    delivery.committed([fanOut(read(1), { ann: 2 })], 1_001);
    await expect.poll(() => lookUps.length).toBe(2);
    expect(pushed()).toEqual([]);
    for (const answer of lookUps) answer();
    await delivery.settled();
    expect(pushed()).toEqual(["ann: 1", "bob: 1", "ann: 2"]);
    expect(connections.pushes.map(([, [entry]]) => entry?.type === "conversation" && entry.conversation.title)).toEqual(
      ["for ann", "for bob", false],
    );
    delivery.committed([fanOut(read(2), { ann: 3 })], 1_002);
    expect(pushed().at(-1), "and then nothing waits any more").toBe("ann: 3");
  });

  it("whose conversations cannot be read is lost, is reported, and holds up nobody", async () => {
    const away = new Error("the database is away");
    delivery.committed([fanOut(conversation, { ann: 1 })], 1_000);
    delivery.committed([fanOut(read(1), { ann: 2 })], 1_001);
    await expect.poll(() => lookUps.length).toBe(1);
    lookUps[0]?.(away);
    await delivery.settled();
    expect(pushed()).toEqual(["ann: 2"]);
    expect(faults).toEqual([away]);
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
