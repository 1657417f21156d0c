import { describe, expect, it } from "vitest";
import { oneTimePasswords } from "./one-time-passwords.ts";

/** RFC 6238, appendix B: the ASCII secret "12345678901234567890" and SHA-1, cut to six digits. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const RFC_CODES: readonly (readonly [atS: number, code: string])[] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_234_567_890, "005924"],
  [20_000_000_000, "353130"],
];

describe("a one-time password", () => {
  it.each(RFC_CODES)("is that of RFC 6238 at %d s", (atS, code) => {
    expect(oneTimePasswords.stepOf(RFC_SECRET, code, atS * 1000)).toBe(Math.floor(atS / 30));
  });

  it("is good one step early and one step late, and then no more", () => {
    const [[atS, code]] = RFC_CODES as [readonly [number, string]];
    const step = Math.floor(atS / 30);
    const after = (steps: number) => oneTimePasswords.stepOf(RFC_SECRET, code, (step + steps) * 30_000);
    expect([-2, -1, 0, 1, 2].map((steps) => (step + steps < 0 ? undefined : after(steps)))).toEqual([
      undefined,
      step,
      step,
      step,
      undefined,
    ]);
  });

  it("comes from a secret of its own that the address carries", () => {
    const [one, two] = [oneTimePasswords.newSecret(), oneTimePasswords.newSecret()];
    expect(one).not.toBe(two);
    const uri = new URL(oneTimePasswords.uri(one, "安 & co"));
    expect(uri.protocol).toBe("otpauth:");
    expect(decodeURIComponent(uri.pathname)).toContain("安 & co");
    expect(uri.searchParams.get("secret")).toBe(one);
    expect(uri.searchParams.get("issuer")).toBe("im-webapp");
  });
});
