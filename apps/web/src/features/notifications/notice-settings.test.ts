import { expect, it } from "vitest";
import { isQuietAt } from "./notice-settings.ts";

const at = (hours: number, minutes: number) => new Date(2026, 10, 26, hours, minutes);
const settings = { notices: true, sound: true, hideContent: false };

it("are quiet in the hours of the device's own day, also past midnight", () => {
  const night = { ...settings, quiet: { from: 22 * 60, to: 7 * 60, offset: 0 } };
  const moments = [at(21, 59), at(22, 0), at(3, 0), at(6, 59), at(7, 0)];
  expect(moments.map((moment) => isQuietAt(night, moment))).toEqual([false, true, true, true, false]);
  const noon = { ...settings, quiet: { from: 12 * 60, to: 13 * 60, offset: 0 } };
  expect([at(11, 59), at(12, 0), at(13, 0)].map((moment) => isQuietAt(noon, moment))).toEqual([false, true, false]);
  expect(isQuietAt(settings, at(3, 0))).toBe(false);
});
