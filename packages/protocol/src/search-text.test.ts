import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findWords, foldText, searchWords, searchableText } from "./search-text.ts";

/** What the query marks in the text; undefined when it does not find it. */
const marked = (text: string, query: string) =>
  findWords(text, searchWords(query))?.map(([from, to]) => text.slice(from, to));

describe("finding words in a text", () => {
  it("finds Chinese of one and more characters anywhere", () => {
    expect(marked("明天下午三点开会", "会")).toEqual(["会"]);
    expect(marked("明天下午三点开会", "下午")).toEqual(["下午"]);
    expect(marked("明天下午三点开会", "午下")).toBeUndefined();
  });

  it("finds other words by their beginning only", () => {
    expect(marked("Deploy the party server", "PAR")).toEqual(["par"]);
    expect(marked("Deploy the party server", "art")).toBeUndefined();
    expect(marked("foo-bar_baz", "baz")).toEqual(["baz"]);
    expect(marked("用Vue3写的", "vue3")).toEqual(["Vue3"]);
  });

  it("wants all words, and marks each place", () => {
    expect(marked("报告 v2，报告 v3", "报告 v3")).toEqual(["报告", "报告", "v3"]);
    expect(marked("报告 v2", "报告 v3")).toBeUndefined();
    expect(marked("开会开会", "开会 会开")).toEqual(["开会开会"]);
  });

  it("makes no difference between widths and cases", () => {
    expect(marked("ＡＢＣ１２３", "abc123")).toEqual(["ＡＢＣ１２３"]);
    expect(marked("Cafe\u0301!", "café")).toEqual(["Cafe\u0301"]);
    expect(marked("㎏ each", "kg")).toEqual(["㎏"]);
  });

  it("takes the length of a text, not its square, where each character is found", () => {
    // As many as a message that hands on a hundred others can have: with a square nobody would see the end of this test.
    expect(marked("哈".repeat(800_000), "哈")?.map((found) => found.length)).toEqual([800_000]);
    expect(marked("哈 ".repeat(400_000), "哈")).toHaveLength(400_000);
  });

  it("finds nothing in nothing, and everything without words", () => {
    expect(marked("", "a")).toBeUndefined();
    expect(marked("anything", " ")).toEqual([]);
  });
});

describe("for any text", () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from("ab 1中文字，。é\u0301ﬀ😀İＡ\n")) });

  it("folding twice is folding once", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(foldText(foldText(one))).toBe(foldText(one));
      }),
    );
  });

  it("ranges are within the text, ascending, apart and not empty", () => {
    fc.assert(
      fc.property(text, text, (one, query) => {
        let end = -1;
        for (const [from, to] of findWords(one, searchWords(query)) ?? []) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(one.length);
          end = to;
        }
      }),
    );
  });

  it("a text is found by each of its own words", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(findWords(one, searchWords(one))).toBeDefined();
      }),
    );
  });
});

it("reads the words of what has a name, and of what was handed on", () => {
  const file = { kind: "file", fileId: "f", name: "季度报告.pdf", size: 1, mime: "application/pdf" } as const;
  expect(searchableText(file)).toBe("季度报告.pdf");
  const item = { senderId: "a", senderName: "A", sentAt: 1 };
  expect(
    searchableText({
      kind: "forward",
      items: [
        { ...item, content: file },
        { ...item, content: { kind: "text", text: "好" } },
      ],
    }),
  ).toBe("季度报告.pdf\n好");
  expect(searchableText({ kind: "system", event: "message.deleted" })).toBe("");
});
