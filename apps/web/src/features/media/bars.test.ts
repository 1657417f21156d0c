import { expect, it } from "vitest";
import { toBars } from "./bars.ts";

it.each([
  ["nothing", [], 4, []],
  ["silence", [0, 0, 0], 2, [0, 0]],
  ["fewer samples than bars", [0.1, 0.2], 4, [50, 100]],
  ["the loudest of each stretch", [0, 0.5, 0.25, 0, 0.1, 1], 3, [50, 25, 100]],
  ["what does not divide evenly", [1, 0, 0, 0, 0, 0, 0.5], 2, [100, 50]],
])("makes bars of %s", (_, samples, count, bars) => {
  expect(toBars(samples, count)).toEqual(bars);
});

it("makes no more bars than a message takes, of ten minutes", () => {
  const bars = toBars(
    Array.from({ length: 6_000 }, (_, index) => index / 6_000),
    128,
  );
  expect(bars).toHaveLength(128);
  expect(bars.at(-1)).toBe(100);
});
