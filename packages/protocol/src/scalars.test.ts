import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { MAX_IDS_PER_CALL, MAX_PAGE_SIZE } from "./limits.ts";
import { id, ids, limit, name, pageToken, printable, queryLimit, seq } from "./scalars.ts";
import { password, phone, username } from "./user.ts";

const LONE_SURROGATE = "a\ud800b";

/** What the schema makes of each value, or "refused". */
const outcomes = (schema: z.ZodType, values: readonly unknown[]) =>
  values.map((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : "refused";
  });

const takesAll = (schema: z.ZodType, values: readonly unknown[]) => expect(outcomes(schema, values)).toEqual(values);

const takesNone = (schema: z.ZodType, values: readonly unknown[]) =>
  expect(values.filter((value) => schema.safeParse(value).success)).toEqual([]);

describe("an id", () => {
  it("is 1 to 64 characters that can be seen", () => {
    takesAll(id, ["a", "A-b_c.d:e", "中文", "👍", "x".repeat(64), "null", "0"]);
    takesNone(id, [
      "",
      "x".repeat(65),
      " a",
      "a ",
      "a b",
      "a\tb",
      "a\u0000",
      "a\u200e",
      LONE_SURROGATE,
      7,
      null,
      ["a"],
    ]);
  });

  it("is named once in a list, which keeps its order and has a bound", () => {
    expect(ids.parse(["b", "a", "b"])).toEqual(["b", "a"]);
    const many = Array.from({ length: MAX_IDS_PER_CALL }, (_, index) => `u${index}`);
    expect(ids.parse(many)).toEqual(many);
    takesNone(ids, [[...many, "one more"], "a", [""], [7]]);
  });
});

describe("numbers", () => {
  it("of sequences are exact integers from 0", () => {
    takesAll(seq, [0, 1, Number.MAX_SAFE_INTEGER]);
    takesNone(seq, [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Infinity, "1", null, true]);
  });

  it("of a page's size are 1 to 500, 50 when nothing is said; in a query they are text", () => {
    expect(outcomes(limit, [undefined, 1, MAX_PAGE_SIZE])).toEqual([50, 1, 500]);
    takesNone(limit, [0, 501, 1.5, "5", null]);
    expect(outcomes(queryLimit, [undefined, "1", "500"])).toEqual([50, 1, 500]);
    takesNone(queryLimit, ["0", "501", "1.5", "", "x", ["1", "2"]]);
  });

  it("are not what a page token is", () => {
    takesAll(pageToken, ["a", "x".repeat(512)]);
    takesNone(pageToken, ["", "x".repeat(513), 7]);
  });
});

describe("text", () => {
  it("is well-formed and has no NUL, which some databases cannot store", () => {
    takesAll(printable, ["", " \n\t", "中文 👩‍👩‍👧‍👦", "\u0001"]);
    takesNone(printable, ["a\0b", LONE_SURROGATE, "\udc00", 7, null]);
  });

  it("of a name is trimmed, on one line, and not empty", () => {
    expect(outcomes(name(5), ["a", "  abc  ", "a b c", " 12345 "])).toEqual(["a", "abc", "a b c", "12345"]);
    takesNone(name(5), ["", "   ", "123456", "a\nb", "a\u007fb", LONE_SURROGATE]);
  });
});

describe("an account's", () => {
  it("username is of letters and digits of any script, in its composed form", () => {
    expect(outcomes(username, ["ann", " Ann_b.c-7 ", "张三", "Ａｎｎ", "e\u0301mile", "x".repeat(64)])).toEqual([
      "ann",
      "Ann_b.c-7",
      "张三",
      "Ann",
      "émile",
      "x".repeat(64),
    ]);
    takesNone(username, ["", "a", "x".repeat(65), "a b", "a@b", "a/b", "👍👍", "a\0b", LONE_SURROGATE, 7]);
  });

  it("phone is digits, whatever is between them", () => {
    const taken = ["13912345678", "+86 139-1234-5678", "(0571) 8888 8888", "12345"];
    expect(outcomes(phone, taken)).toEqual(["13912345678", "+8613912345678", "057188888888", "12345"]);
    takesNone(phone, ["", "1234", "1".repeat(16), "+", "139x", "1+2345", "１２３４５", `1${" ".repeat(40)}2345`]);
  });

  it("password is 6 to 128 units of anything", () => {
    takesAll(password, ["123456", " spaces ", "密码密码密码", "x".repeat(128)]);
    takesNone(password, ["12345", "x".repeat(129), "123456\0", `12345${LONE_SURROGATE}`]);
  });
});
