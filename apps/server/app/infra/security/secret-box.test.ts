import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("a secret box with a key", () => {
  const box = createSecretBox(randomBytes(32));

  it("gives back what was put in, and shows nothing of it", () => {
    const [one, two] = [box.seal(SECRET, "ann"), box.seal(SECRET, "ann")];
    expect([box.open(one, "ann"), box.open(two, "ann")]).toEqual([SECRET, SECRET]);
    expect(one).not.toContain(SECRET);
    expect(one).not.toBe(two);
    expect(one.length).toBeLessThan(255);
  });

  it("opens for nobody else, with no other key, and not what was tampered with", () => {
    const sealed = box.seal(SECRET, "ann");
    expect(() => box.open(sealed, "bob")).toThrow("authenticate");
    expect(() => createSecretBox(randomBytes(32)).open(sealed, "ann")).toThrow("authenticate");
    expect(() => createSecretBox(undefined).open(sealed, "ann")).toThrow("ENCRYPTION_KEY");
    const bytes = Buffer.from(sealed.slice("aes256gcm:".length), "base64url");
    bytes[bytes.length - 1]! ^= 1;
    expect(() => box.open(`aes256gcm:${bytes.toString("base64url")}`, "ann")).toThrow("authenticate");
  });

  it("still opens what was kept before there was one", () => {
    expect(box.open(createSecretBox(undefined).seal(SECRET, "ann"), "ann")).toBe(SECRET);
  });
});
