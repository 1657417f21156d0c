import { expect, it } from "vitest";
import { dayStart, toDateValue } from "./day.ts";

it("gives the beginning of a day where one is, and back", () => {
  const start = dayStart("2026-03-09");
  expect(start).toBe(new Date(2026, 2, 9).getTime());
  expect(toDateValue(new Date(start!))).toBe("2026-03-09");
  expect(toDateValue(new Date(start! - 1))).toBe("2026-03-08");
});

it.each(["", "2026", "2026-13-40", "x"])("makes nothing of %j", (value) => {
  expect(dayStart(value)).toBeNull();
});
