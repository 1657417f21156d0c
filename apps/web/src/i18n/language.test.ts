import { describe, expect, it } from "vitest";
import { en } from "./en/index.ts";
import { matchLanguage } from "./language.ts";
import { zhCN } from "./zh-CN/index.ts";

describe("matchLanguage", () => {
  it.each([
    [["zh-TW", "en"], "zh-CN"],
    [["en-GB", "zh"], "en"],
    [["fr", "zh"], "zh-CN"],
    [["fr"], "en"],
    [[], "zh-CN"],
  ])("takes %j to %s", (preferred, expected) => {
    expect(matchLanguage(preferred)).toBe(expected);
  });
});

type Tree = { readonly [key: string]: string | Tree };

function placeholders(texts: Tree, path = ""): [string, string[]][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, (value.match(/\{\{\w+\}\}/g) ?? []).toSorted()] satisfies [string, string[]]]
      : placeholders(value, `${path}${key}.`),
  );
}

describe("the languages", () => {
  it("name the same things in each text", () => {
    expect(placeholders(en)).toEqual(placeholders(zhCN));
  });
});
