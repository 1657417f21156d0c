import { expect, it } from "vitest";
import { codeHash, isGoodToken, unsubscribeToken, userOfToken } from "./mail-token.ts";

const key = Buffer.alloc(32, 7);

it("turns off the mails of whom it was made for, to the address that it was sent to", () => {
  const token = unsubscribeToken(key, "ann", "ann@example.com");
  expect(userOfToken(token)).toBe("ann");
  expect(isGoodToken(key, token, "ann", "ann@example.com")).toBe(true);
  expect(isGoodToken(key, token, "bob", "ann@example.com")).toBe(false);
  expect(isGoodToken(key, token, "ann", "other@example.com")).toBe(false);
  expect(isGoodToken(Buffer.alloc(32, 8), token, "ann", "ann@example.com")).toBe(false);
  expect(isGoodToken(key, `${token}x`, "ann", "ann@example.com")).toBe(false);
  expect(isGoodToken(key, "", "ann", "ann@example.com")).toBe(false);
});

it("keeps of a code what fits one user and address only", () => {
  const hash = codeHash(key, "ann", "a@b.c", "123456");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash(key, "ann", "a@b.d", "123456")).not.toBe(hash);
  expect(codeHash(key, "anna", "@b.c", "123456")).not.toBe(hash);
});
