import { expect, it, vi } from "vitest";
import { flatMapInSlices } from "./flat-map-in-slices.ts";

it("keeps the order, and lets others have their turn", async () => {
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (clock += 5));
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const mapped = await flatMapInSlices([1, 2, 3, 4, 5, 6], (item) => (item % 2 === 0 ? [item, -item] : []));
  isDone = true;
  expect(mapped).toEqual([2, -2, 4, -4, 6, -6]);
  expect(turns).toBeGreaterThan(1);
});
