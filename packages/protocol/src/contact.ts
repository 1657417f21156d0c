import { z } from "zod";
import { epochMs, id, name, pageToken, queryLimit } from "./scalars.ts";

/** How a user keeps another one, in its present state; the same on all of that user's devices, and theirs alone. */
export const contact = z.object({
  userId: id,
  /** Since when the two are contacts, each of the other; absent: they are not. */
  since: epochMs.optional(),
  /** What the user calls them; only of a contact. */
  alias: z.string().optional(),
  favourite: z.boolean(),
  /** This user takes no direct messages from them. */
  blocked: z.boolean(),
});
export type Contact = z.infer<typeof contact>;

/** `GET /api/v1/contacts` and `GET /api/v1/blocks` */
export const listContactsRequest = z.object({ limit: queryLimit, page: pageToken.optional() });

export const contactsResponse = z.object({
  contacts: z.array(contact),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type ContactsResponse = z.infer<typeof contactsResponse>;

/** `PATCH /api/v1/contacts/:userId`: what is left out stays; an empty alias takes it away. */
export const updateContactRequest = z.object({
  alias: z.union([z.literal(""), name(64)]).optional(),
  favourite: z.boolean().optional(),
});
export type UpdateContactRequest = z.infer<typeof updateContactRequest>;

/** `POST /api/v1/blocks` */
export const blockRequest = z.object({ userId: id });
