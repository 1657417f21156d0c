import { Secret, TOTP } from "otpauth";

/** Length of a step of one-time passwords in milliseconds. */
const STEP_MS = 30_000;

/** What an authenticator app shows for a secret, `steps` steps from `at` in milliseconds: from now, unless told. */
export function codeOf(secret: string, steps = 0, at = Date.now()): string {
  const totp = new TOTP({ algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: at + steps * STEP_MS });
}
