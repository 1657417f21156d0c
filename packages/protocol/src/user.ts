import { z } from "zod";
import { id, ids, name, pageToken, printable, queryLimit } from "./scalars.ts";

/** What anyone signed in may know of a user. */
export const user = z.object({
  userId: id,
  username: z.string(),
  displayName: z.string(),
  avatar: z.string().optional(),
  /** The account is gone; what is left are the messages that it sent. */
  deleted: z.literal(true).optional(),
});
export type User = z.infer<typeof user>;

/** The signed-in user, with what only they may know. */
export const me = user.extend({
  phone: z.string().optional(),
  /** True for one who looks offline to everybody, and in return sees nobody's last time. */
  hidePresence: z.boolean().optional(),
});
export type Me = z.infer<typeof me>;

/** `PATCH /api/v1/me`: what is left out stays as it is. */
export const updateMeRequest = z.object({ hidePresence: z.boolean().optional() });
export type UpdateMeRequest = z.infer<typeof updateMeRequest>;

/** 2–64 letters or digits of any script, `_`, `.` and `-`. Compared without regard to case (NFKC, lower-cased). */
export const username = z
  .string()
  .transform((text) => text.trim().normalize("NFKC"))
  .pipe(z.string().regex(/^[\p{L}\p{M}\p{N}_.-]{2,64}$/u, "2 to 64 letters, digits, _ . or -"));

/** An E.164 number; blanks, dashes and brackets are dropped. */
export const phone = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s()-]/g, ""))
  .pipe(z.string().regex(/^\+?[0-9]{5,15}$/, "a phone number has 5 to 15 digits"));

/** 6–128 characters (code points); length counts for more than a mix of kinds (NIST SP 800-63B, 5.1.1.2). */
export const password = printable.min(6).max(128);

export const displayName = name(64);

/** `GET /api/v1/users?query=`: by the start of a username or display name, or by a whole phone number. */
export const findUsersRequest = z.object({
  query: name(64),
  limit: queryLimit,
  page: pageToken.optional(),
});

export const usersResponse = z.object({
  users: z.array(user),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type UsersResponse = z.infer<typeof usersResponse>;

/** `POST /api/v1/users/lookup`: users that do not exist are left out of the answer. */
export const lookupUsersRequest = z.object({ userIds: ids });
