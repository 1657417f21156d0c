import { Secret, TOTP } from "otpauth";

/** Length of a step of one-time passwords in milliseconds. */
const STEP_MS = 30_000;

/** What an authenticator app shows for a secret, `steps` steps from now. */
export function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ algorithm: "SHA1", digits: 6, period: 30, secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: Date.now() + steps * STEP_MS });
}
