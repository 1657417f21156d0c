import { expect, it } from "vitest";
import { median, percentile } from "./statistics.ts";

it("takes the nearest rank", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 99)).toBe(10);
  expect(percentile([], 50)).toBe(0);
});
