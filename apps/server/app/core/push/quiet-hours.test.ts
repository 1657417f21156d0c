import { expect, it } from "vitest";
import { isQuiet } from "./quiet-hours.ts";

const at = (time: string) => Date.parse(`2026-11-26T${time}:00Z`);

it("are of the device's own day, also past midnight", () => {
  const night = { from: 22 * 60, to: 7 * 60, offset: 8 * 60 };
  // 22:00 in Shanghai is 14:00 UTC, and 07:00 is 23:00 of the day before.
  expect(["13:59", "14:00", "20:00", "22:59", "23:00"].map((time) => isQuiet(night, at(time)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  const noon = { from: 12 * 60, to: 13 * 60, offset: -5 * 60 };
  expect(["16:59", "17:00", "17:59", "18:00"].map((time) => isQuiet(noon, at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it("that begin when they end are none", () => {
  expect(isQuiet({ from: 60, to: 60, offset: 0 }, at("01:00"))).toBe(false);
});
