import { describe, expect, it } from "vitest";
import { mayHaveMarkup } from "./markup.ts";
import { parseMarkup } from "./parse-markup.ts";

const text = (value: string) => ({ kind: "text", text: value });
const paragraph = (...children: unknown[]) => [{ kind: "paragraph", children }];

describe("markup in a message", () => {
  it("is bold, italic, struck and code", () => {
    expect(parseMarkup("a **b** _c_ *d* ~~e~~ `f*g*`")).toEqual(
      paragraph(
        text("a "),
        { kind: "strong", children: [text("b")] },
        text(" "),
        { kind: "emphasis", children: [text("c")] },
        text(" "),
        { kind: "emphasis", children: [text("d")] },
        text(" "),
        { kind: "strike", children: [text("e")] },
        text(" "),
        { kind: "code", text: "f*g*" },
      ),
    );
  });

  it("needs no blanks in Chinese, and leaves words and sums of Latin letters alone", () => {
    expect(parseMarkup("这是**重点。**请看")).toEqual(
      paragraph(text("这是"), { kind: "strong", children: [text("重点。")] }, text("请看")),
    );
    for (const plain of ["3*4*5=60", "snake_case_name", "2 * 3 * 4", "a**b", "-", ">", "***", "5.", "~~~~"]) {
      expect(parseMarkup(plain)).toEqual(paragraph(text(plain)));
    }
  });

  it("keeps lines, and makes lists, quotes and blocks of code", () => {
    expect(parseMarkup("one\ntwo")).toEqual(paragraph(text("one\ntwo")));
    expect(parseMarkup("- a\n- b")).toEqual([{ kind: "list", items: [paragraph(text("a")), paragraph(text("b"))] }]);
    expect(parseMarkup("3. a\n4. b")).toMatchObject([{ kind: "list", start: 3 }]);
    expect(parseMarkup("> said\n\nyes")).toEqual([
      { kind: "quote", children: paragraph(text("said")) },
      ...paragraph(text("yes")),
    ]);
    expect(parseMarkup("```ts\nif (a < b) {\n  **x**\n}\n```")).toEqual([
      { kind: "code", language: "ts", text: "if (a < b) {\n  **x**\n}" },
    ]);
  });

  it("has no headings, images, tables, references or HTML", () => {
    for (const plain of [
      "# a",
      "<b>x</b>",
      "<script>alert(1)</script>",
      "[a]: https://x.example",
      "a | b\n--|--\n1 | 2",
    ]) {
      expect(parseMarkup(plain).map(({ kind }) => kind)).toEqual(["paragraph"]);
      expect(JSON.stringify(parseMarkup(plain))).not.toContain("href");
    }
    // The image's mark stays in front of what is then an ordinary link, which is loaded by nobody.
    expect(parseMarkup("![a](https://x.example/p.png)")).toMatchObject(
      paragraph(text("!"), { kind: "link", href: "https://x.example/p.png" }),
    );
  });

  it("links to the web and to mail only, and says where to", () => {
    expect(parseMarkup("[docs](https://x.example/a)")).toEqual(
      paragraph({ kind: "link", href: "https://x.example/a", host: "x.example", children: [text("docs")] }),
    );
    expect(parseMarkup("[x.example](https://x.example)")).toEqual(
      paragraph({ kind: "link", href: "https://x.example/", children: [text("x.example")] }),
    );
    expect(parseMarkup("[mail](mailto:a@x.example)")).toMatchObject(
      paragraph({ kind: "link", href: "mailto:a@x.example", host: "a@x.example" }),
    );
    // One that names another place than it leads to says where it leads.
    expect(parseMarkup("[bank.example](https://evil.example)")).toMatchObject(
      paragraph({ kind: "link", host: "evil.example" }),
    );
    for (const target of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "&#106;avascript:alert(1)",
      "java\tscript:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:x",
      "file:///etc/passwd",
      "//evil.example",
      "/c/1",
      "blob:https://x.example/1",
      "https://[",
      "http://%zz",
      "https://a b",
    ]) {
      expect(JSON.stringify(parseMarkup(`**a** [x](${target})`))).not.toContain('"href"');
    }
  });

  it("leaves addresses whole", () => {
    const address = "https://x.example/a_b_/*c*/~~d~~";
    expect(parseMarkup(`see ${address} **now**`)).toEqual(
      paragraph(text(`see ${address} `), { kind: "strong", children: [text("now")] }),
    );
  });

  it("is read in no time, however it is nested", () => {
    const began = performance.now();
    for (const hard of [
      "*a ".repeat(2_600),
      "[".repeat(8_000),
      "> ".repeat(4_000),
      "`".repeat(8_000),
      "**_~~".repeat(1_600),
      "- ".repeat(4_000),
    ]) {
      parseMarkup(hard);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("is looked for before anything is parsed", () => {
    for (const plain of ["hello", "你好，世界！", "https://x.example/a", "1.5 and 2-3", "a - b", "(x) [y]"]) {
      expect([plain, mayHaveMarkup(plain)]).toEqual([plain, false]);
    }
    for (const marked of ["**a**", "`a`", "- a", "> a", "1. a", "[a](b)", "x\n- a", "~~a~~"]) {
      expect([marked, mayHaveMarkup(marked)]).toEqual([marked, true]);
    }
  });
});
