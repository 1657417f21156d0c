import { type Row, everybody } from "../table.ts";

/** Everybody with a session gets the same answer: it is about their own account. */
const all = (outcome: "NOT_FOUND" | "CONFLICT") =>
  ({
    outsider: outcome,
    member: outcome,
    blocked: outcome,
    exMember: outcome,
    admin: outcome,
    owner: outcome,
    revoked: "UNAUTHENTICATED",
  }) as const;

/** The safety of the caller's own account, with which no role in a group has anything to do. */
export const securityRows: readonly Row[] = [
  { route: "GET /api/v1/me/devices", expected: everybody, request: () => ({}) },
  {
    route: "PATCH /api/v1/me/devices/:deviceId",
    when: "of somebody else",
    expected: all("NOT_FOUND"),
    request: () => ({ params: { deviceId: "nothing" }, body: { name: "Mine" } }),
  },
  {
    route: "DELETE /api/v1/me/devices/:deviceId",
    when: "of somebody else",
    expected: all("NOT_FOUND"),
    request: () => ({ params: { deviceId: "nothing" } }),
  },
  { route: "DELETE /api/v1/me/devices", expected: everybody, request: () => ({}) },
  { route: "GET /api/v1/me/security", expected: everybody, request: () => ({}) },
  {
    route: "POST /api/v1/me/password",
    when: "of a user who has had none",
    expected: everybody,
    request: () => ({ body: { password: "a guess at it", newPassword: "correct horse" } }),
  },
  {
    route: "POST /api/v1/me/totp",
    when: "of a user without a password",
    expected: everybody,
    request: () => ({ body: { password: "a guess at it" } }),
  },
  {
    route: "POST /api/v1/me/totp/confirm",
    when: "of nothing that was begun",
    expected: all("CONFLICT"),
    request: () => ({ body: { code: "123456" } }),
  },
  {
    route: "POST /api/v1/me/totp/recovery-codes",
    when: "without two-factor",
    expected: all("CONFLICT"),
    request: () => ({ body: { password: "a guess at it" } }),
  },
  {
    route: "POST /api/v1/me/totp/disable",
    when: "of a user without a password",
    expected: everybody,
    request: () => ({ body: { password: "a guess at it" } }),
  },
];
