import { z } from "zod";
import { MAX_DESCRIPTION_LENGTH } from "./limits.ts";
import { id, ids, name, pageToken, printable, queryLimit } from "./scalars.ts";

/** What a person may say of themself; one who says nothing has no `gender`. */
export const GENDERS = ["male", "female", "other"] as const;
const gender = z.enum(GENDERS);
export type Gender = z.infer<typeof gender>;

/** What anyone signed in may know of a user. */
export const user = z.object({
  userId: id,
  username: z.string(),
  displayName: z.string(),
  /** The path of a portrait on this server, which needs no token. Another portrait has another path. */
  avatar: z.string().optional(),
  gender: gender.optional(),
  description: z.string().optional(),
  /** The account is gone; what is left are the messages that it sent. */
  deleted: z.literal(true).optional(),
});
export type User = z.infer<typeof user>;

/** The signed-in user, with what only they may know. */
export const me = user.extend({
  phone: z.string().optional(),
  /** True for one who looks offline to everybody, and in return sees nobody's last time. */
  hidePresence: z.boolean().optional(),
  /** False for one whom nobody finds by their phone number; else absent. */
  findableByPhone: z.boolean().optional(),
  /** False for one whom nobody finds by their username or display name; else absent. */
  findableByName: z.boolean().optional(),
});
export type Me = z.infer<typeof me>;

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

/** A few lines about oneself, trimmed; empty for none. */
const description = printable
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .max(MAX_DESCRIPTION_LENGTH)
      .regex(/^(?:\n|\P{Cc})*$/u, "no control characters but line breaks"),
  );

/** `PATCH /api/v1/me`: what is left out stays as it is, null takes away. */
export const updateMeRequest = z.object({
  displayName: displayName.optional(),
  gender: gender.nullable().optional(),
  description: description.optional(),
  phone: phone.nullable().optional(),
  hidePresence: z.boolean().optional(),
  findableByPhone: z.boolean().optional(),
  findableByName: z.boolean().optional(),
});
export type UpdateMeRequest = z.input<typeof updateMeRequest>;
export type UpdateMePayload = z.output<typeof updateMeRequest>;

/** `PUT /api/v1/me/avatar` and `/groups/:groupId/avatar`: the image itself, of at most `MAX_PORTRAIT_BYTES` and `MAX_PORTRAIT_PIXELS`. */
export const portraitImage = z.file().mime(["image/jpeg", "image/png", "image/webp", "image/gif"]);

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
