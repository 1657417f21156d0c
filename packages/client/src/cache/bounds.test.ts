import { describe, expect, it } from "vitest";
import { cacheBounds } from "./bounds.ts";
import { boundsWithin } from "./tolerance.ts";

describe("the bounds of the cache", () => {
  it("are 200,000 messages and 200 MB where nothing is said", () => {
    expect(cacheBounds()).toEqual({ messages: 200_000, bytes: 200_000_000 });
    expect(cacheBounds({ messages: 10 })).toEqual({ messages: 10, bytes: 200_000_000 });
  });

  it.each([0, -1, NaN])("cannot be %s", (bound) => {
    expect(() => cacheBounds({ bytes: bound })).toThrow(RangeError);
  });

  it("are at most half of what the platform grants", () => {
    const bounds = cacheBounds();
    expect(boundsWithin(bounds, 0, undefined)).toBe(bounds);
    expect(boundsWithin(bounds, 0, { quota: 100_000_000, usage: 0 }).bytes).toBe(50_000_000);
    expect(boundsWithin(bounds, 0, { quota: 10 ** 12, usage: 10 ** 6 })).toEqual(bounds);
  });

  it("are at most what is left beside the cache itself", () => {
    const granted = { quota: 100, usage: 90 };
    expect(boundsWithin(cacheBounds(), 20, granted).bytes).toBe(30);
    expect(boundsWithin(cacheBounds(), 20, { quota: 100, usage: 120 }).bytes).toBe(20);
  });
});
