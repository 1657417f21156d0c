import { expect, it } from "vitest";
import { median, percentile, spread } from "./statistics.ts";

it("takes the nearest rank", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 99)).toBe(10);
  expect(percentile([], 50)).toBe(0);
});

it("says how far runs lie apart", () => {
  expect(spread([90, 100, 110])).toBeCloseTo(0.2);
  expect(spread([])).toBe(0);
});
