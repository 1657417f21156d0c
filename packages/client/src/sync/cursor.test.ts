import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeMessage, messageEntries } from "../../test/builders.ts";
import { CursorRule } from "./cursor.ts";

const entry = (seq: number) => messageEntries([makeMessage()], seq);
const entries = (...seqs: number[]) => seqs.flatMap(entry);
const seqs = (passed: readonly { seq: number }[]) => passed.map(({ seq }) => seq);

describe("CursorRule", () => {
  const onHole = vi.fn();
  let rule: CursorRule;

  beforeEach(() => {
    vi.useFakeTimers();
    onHole.mockReset();
    rule = new CursorRule(onHole);
    rule.reset(4);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("lets through what continues the cursor and drops what lies at or below it", () => {
    expect(seqs(rule.offer(entries(3, 4, 5, 6)))).toEqual([5, 6]);
    expect(rule.offer(entries(5, 6))).toEqual([]);
    expect(rule.cursor).toBe(6);
    vi.advanceTimersByTime(1_000);
    expect(onHole).not.toHaveBeenCalled();
  });

  it("holds what came early and lets it through when the hole closes in time", () => {
    expect(rule.offer(entries(7, 8))).toEqual([]);
    vi.advanceTimersByTime(99);
    expect(seqs(rule.offer(entries(5)))).toEqual([5]);
    vi.advanceTimersByTime(99);
    expect(seqs(rule.offer(entries(6, 7)))).toEqual([6, 7, 8]);
    vi.advanceTimersByTime(1_000);
    expect(onHole).not.toHaveBeenCalled();
  });

  it("reports a hole that stays open for 100 ms, once", () => {
    rule.offer(entries(7));
    vi.advanceTimersByTime(99);
    expect(onHole).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onHole).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(onHole).toHaveBeenCalledTimes(1);
    expect(seqs(rule.offer(entries(5, 6)))).toEqual([5, 6, 7]);
  });

  it("times a second hole behind the first one anew", () => {
    rule.offer(entries(6, 9));
    vi.advanceTimersByTime(90);
    expect(seqs(rule.offer(entries(5)))).toEqual([5, 6]);
    vi.advanceTimersByTime(90);
    expect(onHole).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10);
    expect(onHole).toHaveBeenCalledTimes(1);
  });

  it("lets nothing through without a place to continue from", () => {
    rule.offer(entries(7));
    rule.reset(null);
    expect(rule.offer(entries(5, 6))).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(onHole).not.toHaveBeenCalled();
    rule.reset(6);
    expect(seqs(rule.offer(entries(7)))).toEqual([7]);
  });

  it("bounds what it holds; a pull brings the rest", () => {
    rule.offer(entries(...Array.from({ length: 3_000 }, (_, index) => index + 6)));
    expect(rule.offer(entries(5))).toHaveLength(2_001);
  });
});
