import { expect, it, vi } from "vitest";
import { highlightCode } from "./highlight-code.ts";
import { LazyParser } from "./lazy-parser.ts";

const loaded = async <Result>(parse: (...texts: readonly string[]) => Result) => {
  const parser = new LazyParser(() => Promise.resolve(parse));
  await new Promise<void>((resolve) => {
    parser.subscribe(resolve);
  });
  return parser;
};

it("parses a text once", async () => {
  const parse = vi.fn((text: string | undefined) => text?.length);
  const parser = await loaded(parse);
  expect([parser.result("abc"), parser.result("abc"), parser.result("ab")]).toEqual([3, 3, 2]);
  expect(parse).toHaveBeenCalledTimes(2);
});

it("leaves as it was typed what takes more stack than there is", async () => {
  const parser = await loaded((language = "", text = "") => highlightCode(language, text));
  expect(parser.result("rust", "/*".repeat(4_000))).toBeNull();
  expect(parser.result("bash", "${".repeat(4_000))).toBeNull();
  expect(parser.result("rust", "/* a */")).not.toBeNull();
});
