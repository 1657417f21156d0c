import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CachedConversation } from "../store/local-store.ts";
import type { CacheBounds } from "./bounds.ts";
import { LAST_TO_GO, nextEviction, STEP_MESSAGES, totalOf } from "./eviction-plan.ts";

const NONE = () => false;

/** A conversation whose messages take ten bytes each. */
function of(conversationId: string, messages: number, openedAt = 0): CachedConversation {
  return { conversationId, messages, bytes: messages * 10, openedAt };
}

const within = (messages: number, bytes = Infinity): CacheBounds => ({ messages, bytes });

/** Takes steps until there is none: what is left, and how many it took. */
function settle(cached: readonly CachedConversation[], bounds: CacheBounds, isKept: (id: string) => boolean) {
  const left = new Map(cached.map((one) => [one.conversationId, one]));
  for (let steps = 0; ; steps += 1) {
    const step = nextEviction(left.values(), bounds, isKept);
    if (!step) return { left, steps };
    const one = left.get(step.conversationId)!;
    const messages = one.messages - step.limit;
    left.set(step.conversationId, { ...one, messages, bytes: (one.bytes / one.messages) * messages });
  }
}

describe("nextEviction", () => {
  it("removes nothing within the bounds", () => {
    expect(nextEviction([of("a", 100)], within(100, 1_000), NONE)).toBeUndefined();
  });

  it("begins with what was opened longest ago, and removes no more than needed", () => {
    const cached = [of("new", 200, 9), of("old", 200, 3), of("middle", 200, 5)];
    expect(nextEviction(cached, within(570), NONE)).toEqual({ conversationId: "old", limit: 30, keep: LAST_TO_GO });
    expect(nextEviction([...cached, of("never", 60)], within(100), NONE)).toMatchObject({
      conversationId: "never",
      limit: 10,
    });
  });

  it("looks at bytes as well", () => {
    expect(nextEviction([of("a", 200)], within(Infinity, 1_500), NONE)).toMatchObject({ limit: 50 });
  });

  it("goes in small steps", () => {
    expect(nextEviction([of("a", 100_000)], within(10), NONE)?.limit).toBe(STEP_MESSAGES);
  });

  it("takes newest pages only when nothing else is left", () => {
    const cached = [of("old", 50, 1), of("new", 60, 2)];
    expect(nextEviction(cached, within(90), NONE)).toEqual({ conversationId: "new", limit: 10, keep: LAST_TO_GO });
    expect(nextEviction([of("old", 50, 1), of("new", 50, 2)], within(90), NONE)).toEqual({
      conversationId: "old",
      limit: 10,
      keep: 0,
    });
  });

  it("spares what is kept, even where the bounds then do not hold", () => {
    expect(nextEviction([of("pinned", 500)], within(1), (id) => id === "pinned")).toBeUndefined();
  });

  it("always ends within the bounds or with nothing left to remove, and never touches what is kept", () => {
    const conversation = fc.record({
      messages: fc.integer({ min: 1, max: 3_000 }),
      each: fc.integer({ min: 1, max: 5_000 }),
      openedAt: fc.integer({ min: 0, max: 20 }),
      kept: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(conversation, { maxLength: 8 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 20_000_000 }),
        (made, messages, bytes) => {
          const cached = made.map((one, index) => ({
            conversationId: `c${index}`,
            messages: one.messages,
            bytes: one.messages * one.each,
            openedAt: one.openedAt,
          }));
          const isKept = (id: string) => made[Number(id.slice(1))]!.kept;
          const { left } = settle(cached, { messages, bytes }, isKept);
          const total = totalOf(left.values());
          const others = cached.filter(({ conversationId }) => !isKept(conversationId));
          const fits = total.messages <= messages && total.bytes <= bytes;
          expect(fits || others.every(({ conversationId }) => left.get(conversationId)?.messages === 0)).toBe(true);
          for (const one of cached) if (isKept(one.conversationId)) expect(left.get(one.conversationId)).toBe(one);
          // Whoever lost of the newest page: all others were down to theirs before.
          if (others.some((one) => left.get(one.conversationId)!.messages < Math.min(one.messages, LAST_TO_GO))) {
            for (const one of others) expect(left.get(one.conversationId)!.messages).toBeLessThanOrEqual(LAST_TO_GO);
          }
          // Whoever lost anything: what was opened before it is down to its newest page.
          for (const one of others) {
            if (left.get(one.conversationId) === one) continue;
            for (const older of others) {
              if (older.openedAt >= one.openedAt) continue;
              expect(left.get(older.conversationId)!.messages).toBeLessThanOrEqual(LAST_TO_GO);
            }
          }
        },
      ),
    );
  });
});
