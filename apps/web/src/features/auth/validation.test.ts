import { displayName, password, phone, username } from "@im-webapp/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDisplayName, checkPassword, checkPhone, checkUsername } from "./validation.ts";

/** The screen may be told more by the server, but must never refuse what the server would take, nor the reverse. */
describe("the screen's rules are the server's", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 70 }),
    fc.string({ unit: "grapheme", maxLength: 70 }),
    fc.constantFrom(
      "",
      " ",
      "小明",
      "a",
      "ab",
      "a b",
      "x".repeat(64),
      "x".repeat(65),
      "+86 138-0013-8000",
      "123",
      "ａｂ",
    ),
  );

  it("for usernames", () => {
    fc.assert(fc.property(text, (value) => (checkUsername(value) === undefined) === username.safeParse(value).success));
  });

  it("for passwords", () => {
    fc.assert(
      fc.property(
        text.filter((value) => !value.includes("\0") && value.isWellFormed()),
        (value) => (checkPassword(value) === undefined) === password.safeParse(value).success,
      ),
    );
  });

  it("for display names", () => {
    fc.assert(
      fc.property(
        text.filter((value) => value.isWellFormed()),
        (value) => (checkDisplayName(value) === undefined) === displayName.safeParse(value).success,
      ),
    );
  });

  it("for phone numbers, which may be left out", () => {
    expect(checkPhone(" ")).toBeUndefined();
    fc.assert(
      fc.property(
        text.filter((value) => value.replaceAll(/[\s()-]/g, "") !== "" && value.length <= 40),
        (value) => (checkPhone(value) === undefined) === phone.safeParse(value).success,
      ),
    );
  });
});
