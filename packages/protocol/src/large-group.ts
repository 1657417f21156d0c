import { z } from "zod";
import { message } from "./message.ts";
import { id, seq } from "./scalars.ts";

/**
 * `group:push`: consecutive new messages, and changed messages, of a large group; the same packet for every member. May
 * be lost.
 */
export const groupPushEvent = z.object({
  conversationId: id,
  messages: z.array(message),
  changes: z.array(message),
  /** After this packet. */
  lastSeq: seq,
  /** After this packet; each of `changes` moved it by one. */
  changeSeq: seq,
});
export type GroupPushEvent = z.infer<typeof groupPushEvent>;

/** The state of a large conversation, in the first `sync:pull` after a connect. */
export const largeGroupState = z.object({
  conversationId: id,
  lastSeq: seq,
  changeSeq: seq,
  readSeq: seq,
  /** As in the conversation: a device that passes over what it has missed learns of its mentions here. */
  mentionSeqs: z.array(seq).optional(),
});
export type LargeGroupState = z.infer<typeof largeGroupState>;
