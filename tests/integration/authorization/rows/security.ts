import type { ExportResponse } from "@im-webapp/protocol";
import { as } from "../scene.ts";
import { type Row, all, anybody, everybody } from "../table.ts";

const noProvider = { ...all("NOT_FOUND"), revoked: "NOT_FOUND" } as const;

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
  { route: "GET /api/v1/auth/methods", expected: anybody, request: () => ({}) },
  {
    route: "POST /api/v1/auth/oidc/start",
    when: "where there is no provider",
    expected: noProvider,
    request: () => ({ body: { redirectUri: "https://example.org/" } }),
  },
  {
    route: "POST /api/v1/auth/oidc/finish",
    when: "where there is no provider",
    expected: noProvider,
    request: () => ({ body: { state: "a-state", code: "a-code", device: { deviceId: "a-device", name: "test" } } }),
  },
  {
    route: "POST /api/v1/me/oidc",
    when: "where there is no provider",
    expected: all("NOT_FOUND"),
    request: () => ({ body: { state: "a-state", code: "a-code" } }),
  },
  {
    route: "POST /api/v1/me/export",
    when: "of a user without a password",
    expected: everybody,
    request: () => ({ body: {} }),
  },
  {
    route: "GET /api/v1/exports/:secret",
    when: "with somebody's secret, which is all that it takes",
    expected: anybody,
    request: async (scene) => {
      const { path } = await as<ExportResponse>(scene, scene.stranger, "POST", "/api/v1/me/export", {});
      return { params: { secret: path.slice(path.lastIndexOf("/") + 1) } };
    },
  },
  {
    route: "POST /api/v1/me/delete",
    when: "of a user without a password",
    expected: everybody,
    request: () => ({ body: {} }),
  },
];
