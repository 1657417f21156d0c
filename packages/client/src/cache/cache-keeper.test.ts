import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeMessage, memoryAccount } from "../../test/builders.ts";
import { TaskGroup } from "../async/task-group.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { CacheBounds, StorageQuota } from "./bounds.ts";
import { CacheKeeper } from "./cache-keeper.ts";
// Loaded beforehand, for the clock of these tests does not wait for files.
import "./trim-cache.ts";

let store: AccountStore;
let faults: unknown[];
let kept: Set<string>;
let granted: StorageQuota | undefined;
let keeper: CacheKeeper;
let tasks: TaskGroup;
let evictions: number;

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Long enough for all steps. */
const settled = () => pass(60_000);

function keep(bounds: Partial<CacheBounds>): void {
  tasks = new TaskGroup((error) => faults.push(error));
  keeper = new CacheKeeper({
    store: {
      cached: () => store.cached(),
      evict: (eviction) => {
        evictions += 1;
        return store.evict(eviction);
      },
    },
    bounds: { messages: Infinity, bytes: Infinity, ...bounds },
    quota: async () => granted,
    isKept: (id) => kept.has(id),
    tasks,
  });
  keeper.start();
}

async function put(conversationId: string, count: number, first = 1): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) => makeMessage({ conversationId, seq: first + index }));
  await store.putMessages(conversationId, messages);
}

async function counts(): Promise<Record<string, number>> {
  return Object.fromEntries((await store.cached()).map(({ conversationId, messages }) => [conversationId, messages]));
}

beforeEach(async () => {
  vi.useFakeTimers();
  faults = [];
  kept = new Set();
  granted = undefined;
  evictions = 0;
  store = await memoryAccount();
});

afterEach(async () => {
  keeper.stop();
  await tasks.idle();
  expect(faults).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("CacheKeeper", () => {
  it("brings a cache that is over its bound from before below it", async () => {
    await put("a", 600);
    await put("b", 600);
    await store.markOpened("a", 5);
    keep({ messages: 1_000 });
    await settled();
    expect(await counts()).toEqual({ a: 600, b: 350 });
  });

  it("leaves a cache alone that passes its bound by a little", async () => {
    await put("a", 1_040);
    keep({ messages: 1_000 });
    await settled();
    expect(await counts()).toEqual({ a: 1_040 });
  });

  it("looks again when the cache has grown, and not on each message", async () => {
    keep({ messages: 1_000 });
    await settled();
    await put("a", 1_100);
    keeper.grew(24);
    await settled();
    expect(await counts()).toEqual({ a: 1_100 });
    keeper.grew(1);
    await settled();
    expect(await counts()).toEqual({ a: 950 });
  });

  it("goes in several transactions, with time for others between them", async () => {
    await put("a", 3_000);
    keep({ messages: 1_000 });
    await pass(1_000);
    expect(evictions).toBe(1);
    expect(await counts()).toEqual({ a: 2_500 });
    await settled();
    expect(evictions).toBe(5);
    expect(await counts()).toEqual({ a: 950 });
  });

  it("spares what is kept at the time of each step", async () => {
    await put("a", 2_000);
    await put("b", 2_000);
    keep({ messages: 1_000 });
    await pass(1_000);
    kept.add("a");
    await settled();
    expect(await counts()).toEqual({ a: 1_500 });
  });

  it("takes half of what the platform grants", async () => {
    await put("a", 1_000);
    const { bytes } = (await store.cached())[0]!;
    granted = { quota: bytes, usage: 0 };
    keep({});
    await settled();
    const left = (await store.cached())[0]!;
    expect(left.bytes).toBeLessThanOrEqual(bytes / 2);
    expect(left.messages).toBeGreaterThan(400);
  });

  it("stops in the middle", async () => {
    await put("a", 3_000);
    keep({ messages: 1_000 });
    await pass(1_000);
    keeper.stop();
    await settled();
    expect(await counts()).toEqual({ a: 2_500 });
  });
});
