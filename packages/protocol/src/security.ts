import { z } from "zod";
import { epochMs, id, name, printable } from "./scalars.ts";
import { password } from "./user.ts";

/** A code of an authenticator app, or a recovery code; blanks and dashes in it do not count. */
export const oneTimeCode = printable.min(6).max(40);

/**
 * What proves that it is the user who asks for something that matters: the password of one who has a password, and a
 * code of one who has two-factor on. A user without a password needs a session that began a short while ago.
 */
export const confirmation = z.object({
  password: printable.min(1).max(1_024).optional(),
  code: oneTimeCode.optional(),
});
export type Confirmation = z.infer<typeof confirmation>;

/** A device on which the user is signed in. */
export const signedInDevice = z.object({
  deviceId: id,
  name: z.string(),
  /** When the device was first signed in. */
  createdAt: epochMs,
  /** When its present session began. */
  signedInAt: epochMs.optional(),
  /** When it last connected or stored something. */
  lastSeenAt: epochMs.optional(),
  /** When it last confirmed that it has stored new entries. */
  lastReceivedAt: epochMs.optional(),
  /** Where push notifications of this device go. */
  pushId: z.string().optional(),
  /** Whether it is the device that asks. */
  current: z.boolean(),
});
export type SignedInDevice = z.infer<typeof signedInDevice>;

/** `GET /api/v1/me/devices` */
export const devicesResponse = z.object({ devices: z.array(signedInDevice) });
export type DevicesResponse = z.infer<typeof devicesResponse>;

/** `PATCH /api/v1/me/devices/:deviceId`: what is left out stays; `null` takes the push id away. */
export const updateDeviceRequest = z.object({
  name: name(64).optional(),
  pushId: printable.min(1).max(512).nullable().optional(),
});
export type UpdateDeviceRequest = z.infer<typeof updateDeviceRequest>;

/** `DELETE /api/v1/me/devices`: how many sessions have ended. */
export const endedDevicesResponse = z.object({ ended: z.int().min(0) });
export type EndedDevicesResponse = z.infer<typeof endedDevicesResponse>;

/** `POST /api/v1/me/password`: `password` is the present one, absent for a user who has none. */
export const changePasswordRequest = confirmation.extend({ newPassword: password });
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;

/** `GET /api/v1/me/security` */
export const securityResponse = z.object({
  /** Whether the user has a password. */
  password: z.boolean(),
  /** Whether signing in needs a second factor. */
  totp: z.boolean(),
  /** Recovery codes that have not been used. */
  recoveryCodes: z.int().min(0),
  /** Whether the account is linked with the sign-in of another program. */
  oidc: z.boolean(),
  /** Whether the session is young enough to confirm by itself what a user without a password asks for. */
  fresh: z.boolean(),
});
export type SecurityResponse = z.infer<typeof securityResponse>;

/** `POST /api/v1/me/totp`: takes effect with the first code that proves that it has been taken over. */
export const totpResponse = z.object({
  /** The secret in base32, for those who type it in. */
  secret: z.string(),
  /** `otpauth://totp/…`, for a QR code. */
  uri: z.string(),
});
export type TotpResponse = z.infer<typeof totpResponse>;

/** `POST /api/v1/me/totp/confirm` */
export const confirmTotpRequest = z.object({ code: oneTimeCode });

/** Codes that work once each; they are shown this one time only. */
export const recoveryCodesResponse = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodesResponse = z.infer<typeof recoveryCodesResponse>;

/** `POST /api/v1/me/export`: where the download is, once, within a minute, without a token. */
export const exportResponse = z.object({ path: z.string(), expiresAt: epochMs });
export type ExportResponse = z.infer<typeof exportResponse>;
