import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Message } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { GentlePace } from "./pace.ts";
import { buildSegment } from "./segment.ts";

/** So much that no other process of the machine makes a short rest look like a long one. */
const WORK_MS = 100;

const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const keepBusy = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

it("a rest is long while the process has other things to do, and short while it has none", async () => {
  const pace = new GentlePace();
  let ends = 0;
  pace.begin(async () => void (ends += 1));
  keepBusy(WORK_MS);
  expect(pace.isOver).toBe(true);
  const stop = new AbortController();
  const others = (async () => {
    while (!stop.signal.aborted) {
      keepBusy(1);
      await nextTurn();
    }
  })();
  expect(await timeOf(() => pace.rest())).toBeGreaterThan(WORK_MS * 10);
  stop.abort();
  await others;
  // A collection of garbage at the wrong moment is something else to do as well: one short rest of several tells.
  const rests: number[] = [];
  while (rests.length < 5 && !rests.some((rest) => rest < WORK_MS * 10)) {
    keepBusy(WORK_MS);
    rests.push(await timeOf(() => pace.rest()));
  }
  expect(Math.min(...rests)).toBeLessThan(WORK_MS * 10);
  expect(ends).toBe(1 + rests.length);
});

it("a process that ends is not held up by a rest", async () => {
  const pace = new GentlePace();
  pace.begin(() => Promise.resolve());
  keepBusy(5);
  const resting = pace.rest();
  pace.stop();
  await resting;
  await pace.rest();
});

it("a segment is built in pieces, each of one message or one bucket", async () => {
  const documents = Array.from({ length: 100 }, (_, index) => {
    const text = randomUUID();
    const message: Message = {
      messageId: `g-${index + 1}`,
      conversationId: "g",
      seq: index + 1,
      senderId: "ann",
      sentAt: index,
      clientMessageId: text,
      content: { kind: "text", text },
      version: 1,
    };
    return { message, text };
  });
  let rests = 0;
  const segment = await buildSegment(documents, { isOver: true, rest: async () => void (rests += 1) });
  expect(rests).toBe(documents.length + segment.buckets.size);
});
