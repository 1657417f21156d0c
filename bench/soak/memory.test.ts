import { describe, expect, it } from "vitest";
import { slope, stretches } from "./memory.ts";

const readings = Array.from({ length: 61 }, (_, index) => ({
  at: index * 10_000,
  resident: 100 + index,
  heap: 50,
}));

describe("memory over time", () => {
  it("gives the slope in bytes a minute", () => {
    expect(slope(readings, "resident")).toBeCloseTo(6);
    expect(slope(readings, "heap")).toBeCloseTo(0);
  });

  it("cuts into stretches, each as its medians", () => {
    expect(stretches(readings, 2)).toEqual([
      { at: 300_000, resident: 115, heap: 50 },
      { at: 600_000, resident: 145, heap: 50 },
    ]);
  });
});
