import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deviceSignals } from "./signals.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("deviceSignals", () => {
  it("tells when the clock has gone on without the program, once", () => {
    const woke = vi.fn();
    const end = deviceSignals().subscribe({ focused: () => undefined, networkChanged: () => undefined, woke });
    vi.advanceTimersByTime(600_000);
    expect(woke).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() + 86_400_000);
    vi.advanceTimersByTime(60_000);
    expect(woke).toHaveBeenCalledOnce();
    end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
