import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkify } from "./linkify.ts";

const links = (text: string) => linkify(text).flatMap((part) => (part.href === undefined ? [] : [part.text]));

describe("linkify", () => {
  it.each([
    ["看这里 https://example.com/a?b=1#c 就行", ["https://example.com/a?b=1#c"]],
    ["地址是https://example.com。谢谢", ["https://example.com"]],
    ["（https://example.com/路径）", ["https://example.com/路径"]],
    ["(see http://example.com/a_(b))", ["http://example.com/a_(b)"]],
    ["https://a.example, https://b.example!", ["https://a.example", "https://b.example"]],
    ["HTTPS://EXAMPLE.COM", ["HTTPS://EXAMPLE.COM"]],
  ])("finds the addresses of %s", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "ftp://example.com",
    "http://",
    "https://[",
    "xhttps://example.com",
    "example.com",
  ])("leaves %s as text", (text) => {
    expect(links(text)).toEqual([]);
    expect(linkify(text)).toEqual([{ text }]);
  });

  it("loses no character and links nothing but http and https", () => {
    const pieces = fc.constantFrom(
      "http://",
      "https://",
      "a.b",
      "(",
      ")",
      ".",
      " ",
      "。",
      "javascript:",
      "<",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const text = list.join("");
        const parts = linkify(text);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
      }),
    );
  });

  it("gives nothing for an empty text", () => {
    expect(linkify("")).toEqual([]);
  });
});
