import fc from "fast-check";
import { expect, it } from "vitest";
import { CandidateQueue } from "./candidate-queue.ts";
import { byPlace } from "./place.ts";

const run = fc.record({
  conversationId: fc.constantFrom<string[]>("ga", "gb", "gc"),
  times: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
});

it("gives the newest first and each once, in steps of any size", () => {
  fc.assert(
    fc.property(fc.array(run), fc.integer({ min: 1, max: 5 }), (runs, step) => {
      const queue = new CandidateQueue();
      queue.add(
        runs.map(({ conversationId, times: sent }, i) => ({
          conversationId,
          seqs: sent.map((_, j) => i * 10 + j),
          times: sent.toSorted((a, b) => a - b),
        })),
      );
      const times = new Map(
        runs.flatMap(({ conversationId, times: sent }, i) =>
          sent.toSorted((a, b) => a - b).map((time, j) => [`${conversationId} ${i * 10 + j}`, time] as const),
        ),
      );
      const taken = [];
      while (queue.next) taken.push(...queue.take(step));
      const places = taken.map(
        ({ conversationId, seq }) => [times.get(`${conversationId} ${seq}`) ?? 0, conversationId, seq] as const,
      );
      expect(places).toEqual(places.toSorted((a, b) => byPlace(b, a)));
      expect(new Set(taken.map(({ conversationId, seq }) => `${conversationId} ${seq}`)).size).toBe(times.size);
      expect(taken).toHaveLength(times.size);
    }),
  );
});

it("gives what was sent at an unknown time before all else, and nothing twice", () => {
  const queue = new CandidateQueue();
  queue.add([
    { conversationId: "ga", seqs: [1, 2], times: [5, 9] },
    { conversationId: "gb", seqs: [7] },
    { conversationId: "ga", seqs: [2, 3], times: [9, 7] },
  ]);
  expect(queue.next?.[0]).toBe(Infinity);
  expect(queue.take(1)).toEqual([{ conversationId: "gb", seq: 7 }]);
  expect(queue.next?.[0]).toBe(9);
  // The clock went back between 2 and 3: what may be the newest comes first.
  expect(queue.take(9).map(({ seq }) => seq)).toEqual([3, 2, 1]);
  expect(queue.next).toBeUndefined();
});
