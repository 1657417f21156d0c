import { findWords, searchWords } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { snippetOf } from "./snippet.ts";

function snippet(text: string, query: string): string {
  const ranges = (findWords(text, searchWords(query)) ?? []).map(([from, to]): [number, number] => [from, to]);
  return snippetOf(text, ranges)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join("");
}

it("shows a short text whole, with every mark", () => {
  expect(snippet("明天开会，后天也开会", "开会")).toBe("明天[开会]，后天也[开会]");
  expect(snippet("a file", "")).toBe("a file");
});

it("shows of a long text what is around the first mark", () => {
  expect(snippet(`${"字".repeat(50)}开会${"字".repeat(200)}`, "开会")).toBe(
    `…${"字".repeat(14)}[开会]${"字".repeat(84)}…`,
  );
});

it("cuts no character in two", () => {
  const text = snippet(`${"😀".repeat(40)}会${"😀".repeat(80)}`, "会");
  expect(text.isWellFormed()).toBe(true);
  expect(text).toContain("[会]");
});
