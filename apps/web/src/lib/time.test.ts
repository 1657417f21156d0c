import { describe, expect, it } from "vitest";
import { clockLabel, dayLabel, dayNumber, listLabel, momentLabel, type TimeStyle } from "./time.ts";

const zh: TimeStyle = { language: "zh-CN", timeZone: "Asia/Shanghai" };
const en: TimeStyle = { language: "en", timeZone: "Asia/Shanghai" };
const at = (local: string) => Date.parse(`${local}+08:00`);
/** A Monday. */
const now = at("2026-11-23T15:30:00");

describe("listLabel", () => {
  it.each([
    ["2026-11-23T14:05:00", "14:05", "14:05"],
    ["2026-11-23T00:00:00", "00:00", "00:00"],
    ["2026-11-22T23:59:59", "昨天", "Yesterday"],
    ["2026-11-21T08:00:00", "星期六", "Saturday"],
    ["2026-11-17T08:00:00", "星期二", "Tuesday"],
    ["2026-11-16T23:00:00", "11/16", "11/16"],
    ["2025-12-31T08:00:00", "2025/12/31", "12/31/2025"],
  ])("writes %s as %s and %s", (local, chinese, english) => {
    expect(listLabel(at(local), now, zh)).toBe(chinese);
    expect(listLabel(at(local), now, en)).toBe(english);
  });

  it("shows a moment ahead of this clock by its time", () => {
    expect(listLabel(now + 60_000, now, zh)).toBe("15:31");
    expect(listLabel(at("2026-11-24T01:00:00"), now, zh)).toBe("01:00");
  });

  it("takes the day from the zone, not from UTC", () => {
    const late = Date.parse("2026-11-22T17:00:00Z");
    expect(listLabel(late, now, zh)).toBe("01:00");
    expect(listLabel(late, now, { language: "zh-CN", timeZone: "America/New_York" })).toBe("昨天");
  });
});

describe("momentLabel", () => {
  it.each([
    ["2026-11-23T14:05:00", "14:05", "14:05"],
    ["2026-11-22T23:59:59", "昨天 23:59", "Yesterday 23:59"],
    ["2026-11-17T08:00:00", "星期二 08:00", "Tuesday 08:00"],
    ["2026-11-16T23:00:00", "11/16", "11/16"],
  ])("writes %s as %s and %s", (local, chinese, english) => {
    expect(momentLabel(at(local), now, zh)).toBe(chinese);
    expect(momentLabel(at(local), now, en)).toBe(english);
  });
});

describe("dayLabel", () => {
  it.each([
    ["2026-11-23T00:00:00", "今天", "Today"],
    ["2026-11-22T12:00:00", "昨天", "Yesterday"],
    ["2026-11-18T12:00:00", "星期三", "Wednesday"],
    ["2026-10-01T12:00:00", "10月1日周四", "Thu, October 1"],
    ["2025-10-01T12:00:00", "2025年10月1日", "October 1, 2025"],
  ])("writes %s as %s and %s", (local, chinese, english) => {
    expect(dayLabel(at(local), now, zh)).toBe(chinese);
    expect(dayLabel(at(local), now, en)).toBe(english);
  });
});

describe("dayNumber", () => {
  it("rises by one a day across the end of summer time", () => {
    const zone = "America/New_York";
    const before = dayNumber(Date.parse("2026-10-31T12:00:00-04:00"), zone);
    const after = dayNumber(Date.parse("2026-11-01T12:00:00-05:00"), zone);
    expect(after - before).toBe(1);
  });
});

describe("clockLabel", () => {
  it("writes midnight as 00:00", () => {
    expect(clockLabel(at("2026-11-23T00:00:00"), en)).toBe("00:00");
  });
});
