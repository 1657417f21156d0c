import { Secret, TOTP } from "otpauth";
import type { OneTimePasswords } from "../../core/security/ports.ts";

/** What authenticator apps show above the account's name. */
const ISSUER = "im-webapp";

/** Length of a secret in bytes: that of SHA-1, with which all apps count (RFC 4226, 4). */
const SECRET_BYTES = 20;

/** Length of a step in seconds (RFC 6238, 5.2). */
const STEP_S = 30;

/** Steps before and after the present one whose codes are good, for clocks that go wrong and people who type slowly. */
const SKEW_STEPS = 1;

function totp(secret: string, account?: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    ...(account !== undefined && { label: account }),
    algorithm: "SHA1",
    digits: 6,
    period: STEP_S,
    secret: Secret.fromBase32(secret),
  });
}

/** One-time passwords as every authenticator app makes them. */
export const oneTimePasswords: OneTimePasswords = {
  newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
  uri: (secret, account) => totp(secret, account).toString(),
  stepOf(secret, code, at) {
    const delta = totp(secret).validate({ token: code, timestamp: at, window: SKEW_STEPS });
    return delta === null ? undefined : Math.floor(at / 1000 / STEP_S) + delta;
  },
};
