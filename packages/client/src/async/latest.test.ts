import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Latest } from "./latest.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tells the first at once, then the latest after a while, and nothing after its end", () => {
  const told: number[] = [];
  const latest = new Latest<number>(500, (value) => told.push(value));
  for (const value of [1, 2, 3]) latest.set(value);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(499);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([1, 3]);
  vi.advanceTimersByTime(5_000);
  latest.set(4);
  latest.set(5);
  expect(told).toEqual([1, 3, 4]);
  latest.end();
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([1, 3, 4]);
});
