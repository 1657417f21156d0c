import { describe, expect, it } from "vitest";
import { returnAddress } from "./return-address.ts";

describe("returnAddress", () => {
  it.each([
    ["?return=%2Fc%2Fabc", "/c/abc"],
    ["?return=%2Fc%2Fabc%3Fpanel%3Ddetails", "/c/abc?panel=details"],
    ["", "/"],
    ["?return=", "/"],
    ["?return=https%3A%2F%2Fevil.example", "/"],
    ["?return=%2F%2Fevil.example", "/"],
    ["?return=%2F%5Cevil.example", "/"],
    ["?return=javascript%3Aalert(1)", "/"],
  ])("takes %s to %s", (search, expected) => {
    expect(returnAddress(search)).toBe(expected);
  });
});
