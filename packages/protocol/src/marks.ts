import { z } from "zod";
import { content } from "./content.ts";
import { message } from "./message.ts";
import { epochMs, id, pageToken, queryLimit, seq } from "./scalars.ts";

const place = { conversationId: id, seq: seq.min(1) };

/** `message:pin`: pins a message for everybody in its conversation, or no longer. */
export const pinRequest = z.object({ ...place, on: z.boolean() });
export type PinRequest = z.infer<typeof pinRequest>;

/** `message:star`: keeps a message among the caller's own, or no longer. Nobody else hears of it. */
export const starRequest = z.object({ ...place, on: z.boolean() });
export type StarRequest = z.infer<typeof starRequest>;

/** `message:delete`: the caller, on all devices, sees the message no more. Nobody else hears of it. */
export const deleteRequest = z.object(place);
export type DeleteRequest = z.infer<typeof deleteRequest>;

/** `GET /api/v1/conversations/:conversationId/pins` */
export const pinsResponse = z.object({ messages: z.array(message) });
export type PinsResponse = z.infer<typeof pinsResponse>;

/** `GET /api/v1/stars` */
export const listStarsRequest = z.object({ limit: queryLimit, page: pageToken.optional() });

export const starsResponse = z.object({
  stars: z.array(z.object({ starredAt: epochMs, message })),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type StarsResponse = z.infer<typeof starsResponse>;

/** `GET /api/v1/conversations/:conversationId/messages/:seq/edits` */
export const listEditsRequest = z.object({ limit: queryLimit, page: pageToken.optional() });

export const editsResponse = z.object({
  /** What the message said before, the newest first; `at` is when it began to say so. */
  edits: z.array(z.object({ version: z.int().min(1), at: epochMs, content })),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type EditsResponse = z.infer<typeof editsResponse>;
