import { z } from "zod";
import { mailConfirmation, mailRequest, mailSettings } from "./mail.ts";
import type { Route } from "./route.ts";

/** Mails to those who have been away for long. */
export const MAIL_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/me/mail",
    signedIn: true,
    summary: "Whether and how the user is told by mail of what waits for them when they have been away for long.",
    response: mailSettings,
  },
  {
    method: "PUT",
    path: "/api/v1/me/mail",
    signedIn: true,
    summary:
      "Changes that. A code is sent to an address that is not confirmed; no other mail is before it is. `FORBIDDEN` where the server sends no mail, `UNAVAILABLE` when the code could not be sent.",
    body: mailRequest,
    response: mailSettings,
  },
  {
    method: "DELETE",
    path: "/api/v1/me/mail",
    signedIn: true,
    summary: "Forgets the address.",
    response: z.object({}),
  },
  {
    method: "POST",
    path: "/api/v1/me/mail/confirm",
    signedIn: true,
    summary:
      "Confirms the address by the code, and turns the mails on. `FORBIDDEN` for a code that is wrong or too old.",
    body: mailConfirmation,
    response: mailSettings,
  },
  {
    method: "GET",
    path: "/api/v1/mail/unsubscribe/:token",
    signedIn: false,
    summary:
      "A page that asks whether to turn the mails off. `NOT_FOUND` when the token, which each mail carries, is none.",
    response: z.object({}),
  },
  {
    method: "POST",
    path: "/api/v1/mail/unsubscribe/:token",
    signedIn: false,
    summary: "Turns the mails off, as mail programs do by one click (RFC 8058).",
    response: z.object({}),
  },
];
