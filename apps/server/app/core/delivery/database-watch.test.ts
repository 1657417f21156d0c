import type { Conversation, Entry, GroupPushEvent, Message, RevokedEvent } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Membership } from "../timeline/membership.ts";
import type { MemberState } from "../timeline/model.ts";
import { DatabaseWatch, type LargeHead } from "./database-watch.ts";
import { GroupHeads } from "./group-heads.ts";
import type { Connections } from "./ports.ts";

/** The sockets of one node, what they were pushed, and how far. */
class RecordedConnections implements Connections {
  readonly pushedUpTo = new Map<string, number>([["ann", 0]]);
  readonly pushes: [string, number[]][] = [];
  readonly groupPushes: GroupPushEvent[] = [];

  isConnected(userId: string): boolean {
    return this.pushedUpTo.has(userId);
  }

  get userCount(): number {
    return this.pushedUpTo.size;
  }

  userIds(): Iterable<string> {
    return this.pushedUpTo.keys();
  }

  push(userId: string, entries: string, lastSeq: number): void {
    this.pushes.push([userId, (JSON.parse(entries) as Entry[]).map(({ seq }) => seq)]);
    this.pushedUpTo.set(userId, lastSeq);
  }

  pushedSeq(userId: string): number | undefined {
    return this.pushedUpTo.get(userId);
  }

  pushGroup(_userIds: readonly string[], push: GroupPushEvent): void {
    this.groupPushes.push(push);
  }

  endDevice(_userId: string, _deviceId: string, _reason: RevokedEvent["reason"]): void {}
}

let connections: RecordedConnections;
let groupHeads: GroupHeads;
let watch: DatabaseWatch;
/** Heads as the database has them. */
let heads: Map<string, number>;
let groups: LargeHead[];

const upTo = (after: number, last: number, limit: number) =>
  Array.from({ length: Math.min(limit, last - after) }, (_, index) => after + index + 1);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  connections = new RecordedConnections();
  groupHeads = new GroupHeads();
  heads = new Map([["ann", 0]]);
  groups = [];
  const ann: MemberState = { userId: "ann", role: 0, fromSeq: 0, pastSpans: [], joinedAt: 0 };
  watch = new DatabaseWatch({
    connections,
    groupHeads,
    bus: {
      isHealthy: true,
      userConnected: () => undefined,
      userDisconnected: () => undefined,
      publish: () => undefined,
      subscribe: () => undefined,
      close: () => Promise.resolve(),
    },
    timelines: {
      bounds: () => Promise.reject(new Error("not asked for")),
      heads: () => Promise.resolve(new Map(heads)),
      after: (userId, cursor, limit) =>
        Promise.resolve(
          upTo(cursor, heads.get(userId) ?? 0, limit).map((seq) => ({
            seq,
            json: JSON.stringify({ seq, at: 1, type: "read", conversationId: "c", readSeq: seq, unread: 0 }),
          })),
        ),
      saveCursor: () => Promise.resolve(),
    },
    conversations: {
      views: () => Promise.resolve(new Map<string, Conversation>()),
      list: () => Promise.resolve([]),
      largeStates: () => Promise.resolve([]),
    },
    memberships: { read: () => Promise.resolve(new Membership(1, [ann])) },
    largeGroups: {
      largeHeads: () => Promise.resolve([...groups]),
      messagesAfter: (conversationId, seq, limit) =>
        Promise.resolve(
          upTo(seq, groups[0]?.lastSeq ?? 0, limit).map((one) => ({ conversationId, seq: one }) as Message),
        ),
      changedAfter: (conversationId, after, limit) =>
        Promise.resolve(
          upTo(after, groups[0]?.changeSeq ?? 0, limit).map((changeSeq) => ({
            message: { conversationId, seq: 1 } as Message,
            changeSeq,
          })),
        ),
    },
    onFault: (error) => {
      throw error;
    },
  });
});

afterEach(async () => {
  await watch.stop();
  vi.useRealTimers();
});

const group = (lastSeq: number, changeSeq = 0): LargeHead => ({
  conversationId: "gbig",
  lastSeq,
  changeSeq,
  memberVersion: 1,
});

/** What groups were pushed: the messages, how many changes, and the positions after them. */
const told = () =>
  connections.groupPushes.map(({ messages, changes, lastSeq, changeSeq }) => ({
    messages: messages.map(({ seq }) => seq),
    changes: changes.length,
    lastSeq,
    changeSeq,
  }));

/** A look while the bus is well; `meanwhile` is what arrives while it waits. */
async function calmLook(meanwhile: () => void = () => undefined): Promise<void> {
  const look = watch.look(false);
  await vi.advanceTimersByTimeAsync(100);
  meanwhile();
  await vi.advanceTimersByTimeAsync(1_000);
  await look;
}

describe("with the bus broken", () => {
  it("pushes at once what timelines have beyond what was pushed, once", async () => {
    heads.set("ann", 3);
    await watch.look(true);
    await watch.look(true);
    expect(connections.pushes).toEqual([["ann", [1, 2, 3]]]);
  });

  it("says nothing to one who has not been greeted, and much of it in steps", async () => {
    heads.set("ann", 250);
    heads.set("bob", 3);
    connections.pushedUpTo.set("ann", 10);
    await watch.look(true);
    await watch.look(true);
    expect(connections.pushes.map(([userId, seqs]) => [userId, seqs[0], seqs.at(-1)])).toEqual([
      ["ann", 11, 210],
      ["ann", 211, 250],
    ]);
  });

  it("pushes what a large group has beyond what was pushed, once", async () => {
    groupHeads.note({ conversationId: "gbig", lastSeq: 7, changeSeq: 1 });
    groups = [group(9, 2)];
    await watch.look(true);
    await watch.look(true);
    expect(told()).toEqual([{ messages: [8, 9], changes: 1, lastSeq: 9, changeSeq: 2 }]);
  });

  it("pushes the newest of a group of which nothing was pushed yet: they may be what was lost", async () => {
    groups = [group(300)];
    await watch.look(true);
    expect(told()).toMatchObject([{ lastSeq: 300 }]);
    expect(told()[0]?.messages).toHaveLength(200);
  });

  it("is silent to one who is a member no more", async () => {
    connections.pushedUpTo.delete("ann");
    connections.pushedUpTo.set("bob", 0);
    groups = [group(2)];
    await watch.look(true);
    expect(told()).toEqual([]);
  });
});

describe("with the bus well", () => {
  it("pushes what never came, and not what is on its way", async () => {
    heads.set("ann", 2);
    groupHeads.note({ conversationId: "gbig", lastSeq: 1, changeSeq: 0 });
    groups = [group(2)];
    await calmLook(() => {
      connections.pushedUpTo.set("ann", 2);
      groupHeads.note({ conversationId: "gbig", lastSeq: 2, changeSeq: 0 });
    });
    expect([connections.pushes, told()]).toEqual([[], []]);
    heads.set("ann", 3);
    groups = [group(3)];
    await calmLook();
    expect(connections.pushes).toEqual([["ann", [3]]]);
    expect(told()).toEqual([{ messages: [3], changes: 0, lastSeq: 3, changeSeq: 0 }]);
  });

  it("takes a group that it sees first as pushed: whoever is here has pulled it", async () => {
    groups = [group(5)];
    await calmLook();
    expect(told()).toEqual([]);
    groups = [group(6)];
    await calmLook();
    expect(told()).toEqual([{ messages: [6], changes: 0, lastSeq: 6, changeSeq: 0 }]);
  });

  it("forgets a group that is large no more", async () => {
    groups = [group(5)];
    await calmLook();
    groups = [];
    await calmLook();
    expect(groupHeads.of("gbig")).toBeUndefined();
  });
});

it("ends a look that waits when it is stopped", async () => {
  watch.start();
  heads.set("ann", 1);
  await vi.advanceTimersByTimeAsync(10_100);
  await watch.stop();
  expect(connections.pushes, "what was not pushed is pulled").toEqual([]);
});
