import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createColumnClock } from "./column-clock.ts";

/** 2024-03-10T06:59:59.999Z, a millisecond before New York's clocks jumped from 1:59:59 to 3:00. */
const BEFORE_THE_JUMP = Date.UTC(2024, 2, 10, 6, 59, 59, 999);

describe("the column clock", () => {
  it("shows local time of its zone", () => {
    expect(createColumnClock("+08:00").toColumn(BEFORE_THE_JUMP)).toBe("2024-03-10 14:59:59.999");
    expect(createColumnClock("-05:00").toColumn(BEFORE_THE_JUMP)).toBe("2024-03-10 01:59:59.999");
    expect(createColumnClock("+05:45").toColumn(0)).toBe("1970-01-01 05:45:00.000");
    expect(createColumnClock("-09:30").toColumn(-1)).toBe("1969-12-31 14:29:59.999");
  });

  it("knows no daylight saving time", () => {
    const clock = createColumnClock("-05:00");
    expect(clock.toColumn(BEFORE_THE_JUMP + 1)).toBe("2024-03-10 02:00:00.000");
    expect(clock.fromColumn("2024-03-10 02:30:00.000")).toBe(BEFORE_THE_JUMP + 1 + 30 * 60_000);
  });

  it("takes every millisecond there and back, for every offset", () => {
    const offset = fc
      .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 59 }))
      .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`);
    const moment = fc.integer({ min: Date.UTC(1001, 0, 1), max: Date.UTC(9998, 11, 31) });
    fc.assert(
      fc.property(offset, moment, (timezone, ms) => {
        const clock = createColumnClock(timezone);
        expect(clock.fromColumn(clock.toColumn(ms))).toBe(ms);
      }),
    );
  });

  it("reads texts without a fraction, and with one beyond milliseconds", () => {
    const clock = createColumnClock("+08:00");
    expect(clock.fromColumn("1970-01-01 08:00:01")).toBe(1_000);
    expect(clock.fromColumn("1970-01-01 08:00:01.5")).toBe(1_500);
    expect(clock.fromColumn("1970-01-01 08:00:01.123999")).toBe(1_123);
  });

  it.each(["", "yesterday", "2024-01-01", "0000-00-00 00:00:00.000", "2024-13-01 00:00:00", "2024-01-01 00:00:00Z"])(
    "refuses the text %j",
    (text) => {
      expect(() => createColumnClock("+08:00").fromColumn(text)).toThrow(RangeError);
    },
  );

  it.each([Number.NaN, 0.5, Infinity, 8.65e15, Date.UTC(10_000, 0, 1), Date.UTC(999, 0, 1)])(
    "refuses the moment %d",
    (ms) => {
      expect(() => createColumnClock("+00:00").toColumn(ms)).toThrow(RangeError);
    },
  );

  it.each(["Asia/Shanghai", "Z", "+8:00", "+15:00", "+08:60", ""])("refuses the zone %j", (timezone) => {
    expect(() => createColumnClock(timezone)).toThrow(RangeError);
  });
});
