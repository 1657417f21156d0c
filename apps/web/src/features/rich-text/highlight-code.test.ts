import { describe, expect, it } from "vitest";
import type { CodeRole } from "./code-parts.ts";
import { highlightCode } from "./highlight-code.ts";

const found = (language: string, text: string, role: CodeRole) =>
  highlightCode(language, text).flatMap((part) => (part.role === role ? [part.text] : []));

describe("highlightCode", () => {
  it("tells apart what a language has, by its usual names", () => {
    const code = 'const n: number = 42; // why\nlog("<b>&amp;</b>");';
    for (const language of ["typescript", "ts", "TS"]) {
      expect(found(language, code, "keyword")).toContain("const");
      expect(found(language, code, "number")).toEqual(["42"]);
      expect(found(language, code, "comment")).toEqual(["// why"]);
      expect(found(language, code, "string")).toEqual(['"<b>&amp;</b>"']);
    }
    expect(found("diff", "-old\n+new", "removed")).toEqual(["-old"]);
    expect(found("diff", "-old\n+new", "added")).toEqual(["+new"]);
    expect(found("python", "def greet():\n    return None", "name")).toEqual(["greet"]);
  });

  it.each([
    ["html", '<script>alert("1")</script><img src=x onerror=alert(1)>'],
    ["js", "`${`${a}`}` + /[/]/ // 中文 👩‍👩‍👧\r\n\t"],
    ["sh", "echo 'never closed"],
    ["json", '{"a": [1, 2'],
  ])("keeps every character of %s", (language, text) => {
    const parts = highlightCode(language, text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(parts.length).toBeGreaterThan(1);
  });

  it.each(["", "klingon", "__proto__", "constructor"])("leaves code in '%s' as it is", (language) => {
    expect(highlightCode(language, "let it = be")).toEqual([{ text: "let it = be", role: undefined }]);
  });
});
