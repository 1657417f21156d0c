import { z } from "zod";
import { sendableContent } from "./content.ts";
import { message } from "./message.ts";
import { id, limit, pageToken, printable, seq } from "./scalars.ts";

const place = { conversationId: id, seq: seq.min(1) };

/** `message:edit`: the sender's own text, anew. */
export const editRequest = z.object({ ...place, content: sendableContent });
export type EditRequest = z.input<typeof editRequest>;

/** `message:recall`: the sender within the time allowed, admins of a group at any time. */
export const recallRequest = z.object(place);
export type RecallRequest = z.infer<typeof recallRequest>;

/** One emoji, whatever it is made of; 32 UTF-16 units hold the longest family. */
export const emoji = printable.min(1).max(32).regex(/^\S+$/u, "one emoji");

/** `message:react` */
export const reactRequest = z.object({ ...place, emoji, on: z.boolean() });
export type ReactRequest = z.infer<typeof reactRequest>;

/** The message's version after the change; the one before when nothing changed. */
export const changeResponse = z.object({ version: z.int().min(1) });
export type ChangeResponse = z.infer<typeof changeResponse>;

/** `history:changes`: messages changed after that change, in their newest version, in the order of their last change. */
export const changesRequest = z.object({ conversationId: id, after: seq, limit });
export type ChangesRequest = z.input<typeof changesRequest>;

export const changesResponse = z.object({
  messages: z.array(message),
  /** Of the last one given; when there was none, that of the conversation. */
  changeSeq: seq,
  more: z.boolean(),
});
export type ChangesResponse = z.infer<typeof changesResponse>;

/**
 * `receipts:get`: members who have read this far, the message's sender left out; with `unread`, those who may read it and
 * have not.
 */
export const receiptsRequest = z.object({
  conversationId: id,
  seq: seq.min(1),
  page: pageToken.optional(),
  unread: z.boolean().optional(),
});
export type ReceiptsRequest = z.infer<typeof receiptsRequest>;

export const receiptsResponse = z.object({
  readers: z.array(id),
  more: z.boolean(),
  page: pageToken.optional(),
  /** How many there are of each; on the first page. */
  counts: z.object({ read: z.int().min(0), unread: z.int().min(0) }).optional(),
});
export type ReceiptsResponse = z.infer<typeof receiptsResponse>;
