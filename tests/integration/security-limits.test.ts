import { describe, expect, it } from "vitest";
import { codeOf } from "../support/authenticator.ts";
import { useServer } from "./one-server.ts";
import { enrol, refusalOf, tryLogin } from "./security-calls.ts";

const at = useServer({ env: { RATE_LIMIT: "on" } });

describe("nobody guesses for long", () => {
  it("the password of somebody who is signed in", async () => {
    const ann = await at.person("Ann");
    const outcomes: string[] = [];
    for (let tried = 0; tried < 11; tried += 1) {
      outcomes.push(await refusalOf(ann, "POST", "/me/password", { password: `${tried}`, newPassword: "new words" }));
    }
    const wrong = Array.from({ length: 10 }, () => '403 FORBIDDEN {"password":"wrong"}');
    expect(outcomes).toEqual([...wrong, "429 RATE_LIMITED"]);
  });

  it("the second factor of somebody whose password is known", async () => {
    const ann = await at.person("Ann");
    const { secret } = await enrol(ann);
    const outcomes: string[] = [];
    for (let tried = 0; tried < 10; tried += 1) {
      outcomes.push((await tryLogin(ann, { totp: codeOf(secret, 100 + tried) })).outcome);
    }
    // The code that confirmed the secret was the first try.
    const wrong = Array.from({ length: 9 }, () => '401 UNAUTHENTICATED {"totp":"wrong"}');
    expect(outcomes).toEqual([...wrong, "429 RATE_LIMITED"]);
  });
});
