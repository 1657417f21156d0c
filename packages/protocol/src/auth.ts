import { z } from "zod";
import { epochMs, id, name, printable } from "./scalars.ts";
import { oneTimeCode } from "./security.ts";
import { displayName, me, password, phone, username } from "./user.ts";

/** The device that a session is for. One device of a user has one session; a new one ends the earlier. */
export const device = z.object({ deviceId: id, name: name(64) });
export type Device = z.infer<typeof device>;

/** `POST /api/v1/auth/register` */
export const registerRequest = z.object({
  username,
  password,
  displayName,
  phone: phone.optional(),
  device,
});
export type RegisterRequest = z.input<typeof registerRequest>;

/**
 * `POST /api/v1/auth/login`: `username` may be a phone number. Where two-factor is on, a right password without a right
 * `totp` is `UNAUTHENTICATED` with `details.totp`: "required" or "wrong".
 */
export const loginRequest = z.object({
  username: printable.min(1).max(128),
  password: printable.min(1).max(1_024),
  totp: oneTimeCode.optional(),
  device,
});
export type LoginRequest = z.input<typeof loginRequest>;

export const sessionResponse = z.object({ user: me, token: z.string(), expiresAt: epochMs });
export type SessionResponse = z.infer<typeof sessionResponse>;
