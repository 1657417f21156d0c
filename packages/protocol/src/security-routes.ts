import { z } from "zod";
import type { Route } from "./route.ts";
import {
  changePasswordRequest,
  confirmTotpRequest,
  confirmation,
  devicesResponse,
  endedDevicesResponse,
  recoveryCodesResponse,
  securityResponse,
  signedInDevice,
  totpResponse,
  updateDeviceRequest,
} from "./security.ts";

/** The REST calls for the safety of one's own account. */
export const SECURITY_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/me/devices",
    signedIn: true,
    summary: "The devices on which the user is signed in.",
    response: devicesResponse,
  },
  {
    method: "PATCH",
    path: "/api/v1/me/devices/:deviceId",
    signedIn: true,
    summary: "Gives a device of the user another name, or says where its push notifications go.",
    body: updateDeviceRequest,
    response: signedInDevice,
  },
  {
    method: "DELETE",
    path: "/api/v1/me/devices/:deviceId",
    signedIn: true,
    summary: "Ends the session of a device of the user; its sockets hear `session:revoked` and close.",
    response: z.object({}),
  },
  {
    method: "DELETE",
    path: "/api/v1/me/devices",
    signedIn: true,
    summary: "Ends all sessions of the user but the one that asks.",
    response: endedDevicesResponse,
  },
  {
    method: "GET",
    path: "/api/v1/me/security",
    signedIn: true,
    summary: "How the user's account is protected.",
    response: securityResponse,
  },
  {
    method: "POST",
    path: "/api/v1/me/password",
    signedIn: true,
    summary:
      "Changes the password and ends all other sessions. What is not confirmed is `FORBIDDEN`, and `details` says why: `password` or `totp` is `required` or `wrong`, or `session` is `old`.",
    body: changePasswordRequest,
    response: z.object({}),
  },
  {
    method: "POST",
    path: "/api/v1/me/totp",
    signedIn: true,
    summary: "Makes a secret for an authenticator app. Two-factor is on once `confirm` has had a code of it.",
    body: confirmation,
    response: totpResponse,
  },
  {
    method: "POST",
    path: "/api/v1/me/totp/confirm",
    signedIn: true,
    summary: "Turns two-factor on, and gives the recovery codes.",
    body: confirmTotpRequest,
    response: recoveryCodesResponse,
  },
  {
    method: "POST",
    path: "/api/v1/me/totp/recovery-codes",
    signedIn: true,
    summary: "Gives new recovery codes in place of all earlier ones.",
    body: confirmation,
    response: recoveryCodesResponse,
  },
  {
    method: "POST",
    path: "/api/v1/me/totp/disable",
    signedIn: true,
    summary: "Turns two-factor off.",
    body: confirmation,
    response: z.object({}),
  },
];
