import { type Conversation, type Entry, type LargeGroupState, type Message, MAX_PAGE_BYTES } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import { Sync } from "./sync.ts";
import type { StoredEntry, TimelineReader } from "./timeline-reader.ts";

/** One user's timeline, trimmed up to a place. */
class MemoryTimelineReader implements TimelineReader {
  trimmed = 0;
  entries: StoredEntry[] = [];
  cursor = 0;
  /** Runs between reading the bounds and reading the entries. */
  meanwhile: () => void = () => undefined;

  bounds() {
    return Promise.resolve({ head: this.entries.at(-1)?.seq ?? this.trimmed, trimmed: this.trimmed });
  }

  heads(): Promise<Map<string, number>> {
    return Promise.resolve(new Map<string, number>());
  }

  after(_userId: string, cursor: number, limit: number): Promise<StoredEntry[]> {
    this.meanwhile();
    return Promise.resolve(this.entries.filter(({ seq }) => seq > cursor).slice(0, limit));
  }

  saveCursor(_userId: string, _deviceId: string, cursor: number): Promise<void> {
    this.cursor = cursor;
    return Promise.resolve();
  }
}

const view = (conversationId: string) => ({ conversationId, lastSeq: 9 }) as Conversation;
/** The large conversations of the user. */
let large: LargeGroupState[];
const views: ConversationReader = {
  views: (_userId, ids) => Promise.resolve(new Map(ids.map((id) => [id, view(id)]))),
  list: () => Promise.resolve([]),
  largeStates: () => Promise.resolve(large),
};

const stored = (entry: Entry): StoredEntry => ({ seq: entry.seq, json: JSON.stringify(entry) });
const read = (seq: number) => stored({ seq, at: 0, type: "read", conversationId: "c", readSeq: seq, unread: 0 });

let timelines: MemoryTimelineReader;
let sync: Sync;

beforeEach(() => {
  large = [];
  timelines = new MemoryTimelineReader();
  timelines.trimmed = 4;
  timelines.entries = [5, 6, 7, 8].map(read);
  sync = new Sync(timelines, views, () => 0);
});

const pull = async (cursor: number, limit?: number, isFirst = false) =>
  (await sync.pull("ann", { cursor, ...(limit !== undefined && { limit }) }, isFirst)).toJSON();

describe("a pull", () => {
  it("names the large conversations when it is the first of its connection, and only then", async () => {
    large = [{ conversationId: "gbig", lastSeq: 9, changeSeq: 3, readSeq: 2 }];
    expect(await pull(8, 50, true)).toEqual({ entries: [], cursor: 8, head: 8, more: false, groups: large });
    expect(await pull(8)).not.toHaveProperty("groups");
    large = [];
    expect(await pull(8, 50, true)).not.toHaveProperty("groups");
  });

  it("from before what was trimmed is CURSOR_EXPIRED, and says what is held", async () => {
    const expired = { code: "CURSOR_EXPIRED", details: { head: 8, trimmed: 4 } };
    await expect(pull(3)).rejects.toMatchObject(expired);
    await expect(pull(0)).rejects.toMatchObject(expired);
    await expect(pull(9)).rejects.toMatchObject(expired);
    expect((await pull(4)).entries.map(({ seq }) => seq)).toEqual([5, 6, 7, 8]);
  });

  it("of a timeline that was trimmed to its end has nothing, and no more", async () => {
    timelines.entries = [];
    expect(await pull(4)).toEqual({ entries: [], cursor: 4, head: 4, more: false });
  });

  it("counts what was committed while it was under way", async () => {
    timelines.meanwhile = () => {
      timelines.entries.push(read(timelines.entries.length + 5));
    };
    expect(await pull(7)).toMatchObject({ cursor: 9, head: 9, more: false });
    expect(await pull(7, 1)).toMatchObject({ cursor: 8, head: 9, more: true });
  });

  it("shows conversations as they are now", async () => {
    timelines.entries.push({ seq: 9, at: 0, conversationId: "c" });
    expect((await pull(8)).entries).toEqual([{ seq: 9, at: 0, type: "conversation", conversation: view("c") }]);
  });

  it("ends early when it is large, and never empty", async () => {
    const message = { content: { kind: "text", text: "x".repeat(MAX_PAGE_BYTES) } } as Message;
    timelines.entries.push(stored({ seq: 9, at: 0, type: "message", message }), read(10));
    expect(await pull(4)).toMatchObject({ cursor: 8, head: 10, more: true });
    const longest = await pull(8);
    expect(longest).toMatchObject({ cursor: 9, head: 10, more: true });
    expect(longest.entries).toHaveLength(1);
    expect(await pull(9)).toMatchObject({ cursor: 10, more: false });
  });
});

describe("an acknowledgement", () => {
  it("beyond the head is CURSOR_EXPIRED, and is not kept", async () => {
    await expect(sync.ack("ann", "phone", { cursor: 9 })).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    expect(await sync.ack("ann", "phone", { cursor: 8 })).toEqual({});
    expect(timelines.cursor).toBe(8);
  });
});
