import type { Entry, Message, User } from "@im-webapp/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountStore } from "../store/local-store.ts";
import { makeConversation, makeMessage, makeUser, memoryAccount } from "../../test/builders.ts";
import { CursorRule } from "./cursor.ts";
import { TimelineStore } from "./timeline-store.ts";

const CONVERSATIONS = ["c1", "c2", "c3"];
const USERS = ["me", "ann", "bob"];

/** One thing that happens in the world of one user. */
interface Happening {
  kind: "message" | "update" | "read" | "receipt" | "conversation" | "user";
  conversation: number;
  user: number;
  /** Which message, which position: as a part of what there is. */
  part: number;
}

/** What becomes of one run of entries on its way. `delay`: how many runs overtake it. */
interface Push {
  length: number;
  copies: number;
  delay: number;
  /** Whether the client pulls after it. */
  pull: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("message", "message", "message", "update", "update", "read", "receipt", "conversation", "user"),
  conversation: fc.nat(CONVERSATIONS.length - 1),
  user: fc.nat(USERS.length - 1),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});

const push: fc.Arbitrary<Push> = fc.record({
  length: fc.integer({ min: 1, max: 5 }),
  copies: fc.integer({ min: 0, max: 2 }),
  delay: fc.nat(3),
  pull: fc.boolean(),
});

/** Writes a server's timeline: with sequences that hold together, and each message in the version of its moment. */
function write(happenings: readonly Happening[]): Entry[] {
  const entries: Entry[] = [];
  const messages = new Map(CONVERSATIONS.map((id) => [id, [] as Message[]]));
  const reads = new Map<string, number>();
  const add = (entry: Record<string, unknown>): void => {
    entries.push({ ...entry, seq: entries.length + 1, at: 1 } as unknown as Entry);
  };
  const announce = (id: string, title: string): void => {
    const held = messages.get(id) ?? [];
    const readSeq = reads.get(id) ?? 0;
    add({
      type: "conversation",
      conversation: makeConversation({
        conversationId: id,
        type: "group",
        title,
        memberCount: 3,
        lastSeq: held.length,
        readSeq,
        ...(held.length > 0 && { lastMessage: held.at(-1) }),
      }),
    });
  };
  for (const id of CONVERSATIONS) announce(id, id);

  for (const { kind, conversation, user, part } of happenings) {
    const id = CONVERSATIONS[conversation]!;
    const held = messages.get(id)!;
    const userId = USERS[user]!;
    const position = Math.ceil(part * held.length);
    if (kind === "message") {
      const message = makeMessage({ conversationId: id, seq: held.length + 1, senderId: userId });
      held.push(message);
      if (userId === "me") reads.set(id, message.seq);
      add({ type: "message", message });
    } else if (kind === "update" && position > 0) {
      const old = held[position - 1]!;
      const message: Message = { ...old, version: old.version + 1, editedAt: old.version };
      held[position - 1] = message;
      add({ type: "message:update", message });
    } else if (kind === "read" && position > (reads.get(id) ?? 0)) {
      reads.set(id, position);
      add({ type: "read", conversationId: id, readSeq: position, unread: held.length - position });
    } else if (kind === "receipt" && position > 0) {
      add({ type: "receipt", conversationId: id, userId, readSeq: position });
    } else if (kind === "conversation") {
      announce(id, `${id} at ${entries.length}`);
    } else if (kind === "user") {
      add({ type: "user", user: makeUser(userId, `${userId} at ${entries.length}`) });
    }
  }
  return entries;
}

/** The entries as a pull shows them: each message in its newest version of the given moment. */
function asReadAt(entries: readonly Entry[], moment: number): Entry[] {
  const newest = new Map<string, Message>();
  for (const entry of entries.slice(0, moment)) {
    if (entry.type !== "message" && entry.type !== "message:update") continue;
    newest.set(entry.message.messageId, entry.message);
  }
  return entries
    .slice(0, moment)
    .map((entry) => ("message" in entry ? { ...entry, message: newest.get(entry.message.messageId)! } : entry));
}

class Device {
  readonly store: AccountStore;
  readonly timeline: TimelineStore;
  readonly rule = new CursorRule(() => undefined);

  private constructor(store: AccountStore) {
    this.store = store;
    this.timeline = new TimelineStore({ self: "me", store, stored: () => undefined, dropped: () => undefined });
  }

  static async fresh(): Promise<Device> {
    const device = new Device(await memoryAccount());
    await device.timeline.reset("e");
    await device.timeline.completeList({ cursor: 0, listed: new Set() });
    device.rule.reset(0);
    return device;
  }

  async offer(entries: readonly Entry[]): Promise<void> {
    const passed = this.rule.offer(entries);
    if (passed.length > 0) await this.timeline.apply(passed);
  }

  async contents(): Promise<unknown> {
    const { position, conversations, users } = await this.store.load();
    const byId = (a: User, b: User): number => a.userId.localeCompare(b.userId);
    return {
      position,
      stored: new Map(conversations.map((record) => [record.conversation.conversationId, record])),
      held: this.timeline.conversations,
      users: users.toSorted(byId),
      messages: await Promise.all(CONVERSATIONS.map((id) => this.store.messages(id, 1_000))),
    };
  }
}

describe("a device whose pushes are lost, repeated and reordered", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ends, after a last pull, in the state of one that got every entry in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 40 }),
        fc.array(push, { minLength: 1, maxLength: 30 }),
        async (happenings, pushes) => {
          const entries = write(happenings);
          const inOrder = await Device.fresh();
          for (const entry of entries) await inOrder.offer([entry]);

          const device = await Device.fresh();
          let sent = 0;
          const underWay: { due: number; entries: Entry[] }[] = [];
          for (const [turn, { length, copies, delay, pull }] of pushes.entries()) {
            const run = entries.slice(sent, sent + length);
            sent += run.length;
            for (let copy = 0; copy < copies; copy += 1)
              underWay.push({ due: turn + delay * (copy + 1), entries: run });
            for (const arriving of underWay.filter(({ due }) => due === turn)) await device.offer(arriving.entries);
            if (pull) await device.offer(asReadAt(entries, sent).slice(device.rule.cursor ?? 0));
          }
          await device.offer(asReadAt(entries, entries.length).slice(device.rule.cursor ?? 0));

          expect(await device.contents()).toEqual(await inOrder.contents());
        },
      ),
      { numRuns: 200 },
    );
  });
});
