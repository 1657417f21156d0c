import { expect, it } from "vitest";
import { Batches } from "./batches.ts";

/** Work that the test finishes when it likes. */
function setUp(merge?: (old: number, next: number) => number) {
  const taken: [string, number][][] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const faults: unknown[] = [];
  const batches = new Batches<string, number>(
    (batch) => {
      taken.push([...batch]);
      return new Promise((resolve, reject) => ends.push({ resolve, reject }));
    },
    (error) => faults.push(error),
    merge,
  );
  const begun = (count: number) => expect.poll(() => taken.length).toBe(count);
  return { batches, taken, ends, faults, begun };
}

it("works on one batch at a time and gathers the rest, the latest value of each key", async () => {
  const { batches, taken, ends, begun } = setUp();
  const first = batches.add([["ann", 1]]);
  await begun(1);
  batches.note([["ann", 2]]);
  const second = batches.add([
    ["bob", 1],
    ["ann", 3],
  ]);
  ends[0]?.resolve();
  await first;
  await begun(2);
  ends[1]?.resolve();
  await second;
  expect(taken).toEqual([
    [["ann", 1]],
    [
      ["ann", 3],
      ["bob", 1],
    ],
  ]);
});

it("joins values as it is told", async () => {
  const { batches, taken, begun } = setUp(Math.max);
  batches.note([["ann", 2]]);
  batches.note([["ann", 1]]);
  await begun(1);
  expect(taken).toEqual([[["ann", 2]]]);
});

it("a batch that fails rejects its own and leaves the next alone", async () => {
  const { batches, ends, faults, begun } = setUp();
  const first = batches.add([["ann", 1]]);
  batches.note([["bob", 1]]);
  await begun(1);
  const next = batches.add([["cid", 1]]);
  const fault = new Error("no");
  ends[0]?.reject(fault);
  await expect(first).rejects.toBe(fault);
  await begun(2);
  ends[1]?.resolve();
  await next;
  expect(faults).toEqual([fault]);
});

it("has nothing to do for nothing", async () => {
  const { batches, taken } = setUp();
  await batches.add([]);
  expect(taken).toEqual([]);
});
