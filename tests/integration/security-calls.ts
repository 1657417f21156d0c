import { randomUUID } from "node:crypto";
import type { RecoveryCodesResponse, SecurityResponse, SessionResponse, TotpResponse } from "@im-webapp/protocol";
import { codeOf } from "../support/authenticator.ts";
import { PASSWORD, type Person } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";

/** What a call is refused with, such as `403 FORBIDDEN {"password":"wrong"}`; the status alone when it succeeds. */
export async function refusalOf(
  person: Pick<Person, "url" | "token">,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const answer = await rest(person.url, method, `/api/v1${path}`, { token: person.token, body });
  return described(answer);
}

function described({ status, body }: { status: number; body: unknown }): string {
  const error = wireErrorOf(body);
  return [status, error?.code, error?.details && JSON.stringify(error.details)].filter(Boolean).join(" ");
}

/** Signs in on a new device; what came of it in words, and the session when it was let in. */
export async function tryLogin(
  { url, username }: Person,
  fields: { password?: string; totp?: string } = {},
): Promise<{ outcome: string; session: SessionResponse }> {
  const body = { username, password: PASSWORD, device: { deviceId: randomUUID(), name: "test" }, ...fields };
  const answer = await rest(url, "POST", "/api/v1/auth/login", { body });
  return { outcome: described(answer), session: answer.body as SessionResponse };
}

/**
 * Turns two-factor on with the code before the present one, which leaves the present one and the next to be used. `at`
 * is the time of the present one, for tests that a step of the clock may overtake.
 */
export async function enrol(person: Person): Promise<{ secret: string; recoveryCodes: string[]; at: number }> {
  const now = Date.now();
  const { secret } = await person.rest<TotpResponse>("POST", "/api/v1/me/totp", { password: PASSWORD });
  const { recoveryCodes } = await person.rest<RecoveryCodesResponse>("POST", "/api/v1/me/totp/confirm", {
    code: codeOf(secret, -1, now),
  });
  return { secret, recoveryCodes, at: now };
}

export function securityOf(person: Person): Promise<SecurityResponse> {
  return person.rest<SecurityResponse>("GET", "/api/v1/me/security");
}
