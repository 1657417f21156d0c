import { describe, expect, it } from "vitest";
import { FairLock } from "./fair-lock.ts";

/** Longer than a test runs, in milliseconds. */
const PATIENT_MS = 60_000;

describe("a fair lock", () => {
  it("admits one at a time, in order of arrival", async () => {
    const lock = new FairLock();
    const order: number[] = [];
    let inside = 0;
    await Promise.all(
      [1, 2, 3, 4].map(async (caller) => {
        expect(await lock.acquire(PATIENT_MS)).toBe(true);
        inside += 1;
        expect(inside).toBe(1);
        await Promise.resolve();
        order.push(caller);
        inside -= 1;
        lock.release();
      }),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it("tells who waited too long, and passes them over", async () => {
    const lock = new FairLock();
    await lock.acquire(PATIENT_MS);
    expect(await lock.acquire(5)).toBe(false);
    const next = lock.acquire(PATIENT_MS);
    lock.release();
    expect(await next).toBe(true);
    lock.release();
    expect(await lock.acquire(5)).toBe(true);
  });
});
