import { describe, expect, it } from "vitest";
import { EMOJI_GROUPS, loadEmoji, searchEmoji } from "./emoji-data.ts";

describe("emoji", () => {
  it("have names in both languages and a group to look through", async () => {
    const all = await loadEmoji();
    expect(all.length).toBeGreaterThan(1_800);
    expect(
      all.filter(({ names, group }) => names.some((name) => name === "") || !EMOJI_GROUPS.includes(group)),
    ).toEqual([]);
    expect(all[0]?.unicode).toBe("😀");
  });

  it("are found by a Chinese word, an English one, and themselves, the best first", async () => {
    const all = await loadEmoji();
    const first = (query: string) =>
      searchEmoji(all, query)
        .slice(0, 12)
        .map(({ unicode }) => unicode);
    expect(first("狗")).toContain("🐶");
    expect(first("dog")).toContain("🐶");
    expect(first("DOG ")).toEqual(first("dog"));
    expect(first("🎉")).toEqual(["🎉"]);
    expect(first("no such thing")).toEqual([]);
    expect(searchEmoji(all, " ")).toBe(all);
  });
});
