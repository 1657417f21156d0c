import { describe, expect, it } from "vitest";
import { decodePage, encodePage } from "./page-token.ts";

const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const refusal = expect.objectContaining({ code: "BAD_REQUEST", details: { fields: [expect.anything()] } }) as Error;

describe("a page token", () => {
  it.each([[[0, ""]], [[9_007_199_254_740_991, "gabc123"]], [[42, '中文 "quoted" / + ?']]] as [[number, string]][])(
    "brings back the place %j, and is safe in an address",
    (place) => {
      const packed = encodePage(place);
      expect(packed).toMatch(/^[\w-]+$/);
      expect(decodePage(packed, ["number", "string"])).toEqual(place);
    },
  );

  it.each([
    ["of another shape", token([1])],
    ["with more in it", token([1, "a", "b"])],
    ["of other kinds", token(["1", "a"])],
    ["with a negative number", token([-1, "a"])],
    ["with a fraction", token([0.5, "a"])],
    ["with a number beyond what is exact", token([2 ** 53, "a"])],
    ["that holds no list", token({ 0: 1, 1: "a", length: 2 })],
    ["that holds nothing", token(null)],
    ["that is no JSON", Buffer.from("[1,").toString("base64url")],
    ["with something behind it", `${token([1, "a"])}!`],
    ["with blanks in what it holds", Buffer.from('[1, "a"]').toString("base64url")],
    ["made of something else", "~~~"],
    ["that is empty", ""],
  ])("%s was not given by this server", (_, madeUp) => {
    expect(() => decodePage(madeUp, ["number", "string"])).toThrow(refusal);
  });
});
