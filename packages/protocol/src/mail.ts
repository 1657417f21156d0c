import { z } from "zod";

/** Longest e-mail address, in characters (RFC 5321). */
const MAX_ADDRESS_LENGTH = 254;

/** For how many hours somebody has to be away before they get a mail, when they have not said. */
export const DEFAULT_MAIL_HOURS = 24;

/** Most hours that may be asked for: a month. */
export const MAX_MAIL_HOURS = 720;

const mailLanguage = z.enum(["zh-CN", "en"]);
export type MailLanguage = z.infer<typeof mailLanguage>;

/** `GET /api/v1/me/mail`: whether and how this user is told by mail of what waits for them. */
export const mailSettings = z.object({
  /** Whether this server sends mail at all. */
  available: z.boolean(),
  /** Absent: none was given. */
  address: z.string().optional(),
  /** Whether it is known to be theirs. */
  confirmed: z.boolean(),
  on: z.boolean(),
  /** For how many hours they are away before they get a mail. */
  hours: z.int(),
  /** Mails say only how much is new, not who says what. */
  hideContent: z.boolean(),
  language: mailLanguage,
  /** The mail server has refused the last mail for good; after three in a row the mails are off. */
  refused: z.literal(true).optional(),
});
export type MailSettings = z.infer<typeof mailSettings>;

/** `PUT /api/v1/me/mail`: what is left out stays as it is. */
export const mailRequest = z.object({
  /** A code goes to an address that is not confirmed yet, the same one included. */
  address: z.email().max(MAX_ADDRESS_LENGTH).optional(),
  on: z.boolean().optional(),
  hours: z.int().min(1).max(MAX_MAIL_HOURS).optional(),
  hideContent: z.boolean().optional(),
  language: mailLanguage.optional(),
});
export type MailRequest = z.infer<typeof mailRequest>;

/** `POST /api/v1/me/mail/confirm` */
export const mailConfirmation = z.object({ code: z.string().regex(/^\d{6}$/) });
