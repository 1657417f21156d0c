import { MAX_PAGE_BYTES } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { firstThatFit, lastThatFit } from "./page-bytes.ts";

/** Items of about a quarter of a page each. */
const quarter = (name: string) => ({ name, filling: "x".repeat(MAX_PAGE_BYTES / 4) });
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join("");
const LETTERS = ["a", "b", "c", "d", "e", "f"];
const items = LETTERS.map(quarter);

describe("a page", () => {
  it("ends before the item that would make it too large", () => {
    expect(names(firstThatFit(items))).toBe("abc");
    expect(names(lastThatFit(items))).toBe("def");
  });

  it("is never empty when there is something", () => {
    const huge = { name: "h", filling: "x".repeat(MAX_PAGE_BYTES * 2) };
    expect(names(firstThatFit([huge, ...items]))).toBe("h");
    expect(names(lastThatFit([...items, huge]))).toBe("h");
    expect([firstThatFit([]), lastThatFit([])]).toEqual([[], []]);
  });

  it("counts bytes, not characters", () => {
    const wide = LETTERS.map((name) => ({ name, filling: "好".repeat(MAX_PAGE_BYTES / 8) }));
    expect(names(firstThatFit(wide))).toBe("ab");
  });

  it("of what is small holds all of it", () => {
    const small = Array.from({ length: 500 }, (_, index) => index);
    expect(firstThatFit(small)).toEqual(small);
    expect(lastThatFit(small)).toEqual(small);
  });
});
