import { z } from "zod";
import { content, sendableContent } from "./content.ts";
import { epochMs, id, ids, seq } from "./scalars.ts";

/** The users whom a message names, or everybody in the conversation. */
export const mentions = z.union([z.literal("all"), ids]);
export type Mentions = z.infer<typeof mentions>;

export const reaction = z.object({
  emoji: z.string(),
  count: z.int().min(1),
  userIds: z.array(id),
});

/** One message as everybody in its conversation sees it. */
export const message = z.object({
  messageId: id,
  conversationId: id,
  /** 1, 2, 3 … in its conversation with no hole and no repeat. */
  seq,
  senderId: id,
  sentAt: epochMs,
  content,
  /** 1 at first, one more with each change. A client keeps the highest that it has seen. */
  version: z.int().min(1),
  clientMessageId: z.string(),
  /** The `seq` of the message that this one answers. */
  replyTo: seq.optional(),
  mentions: mentions.optional(),
  editedAt: epochMs.optional(),
  recalledAt: epochMs.optional(),
  reactions: z.array(reaction).optional(),
});
export type Message = z.infer<typeof message>;

/** Where a message goes: the direct conversation with a user (made on first use), a group, or a known conversation. */
export const target = z.union([
  z.strictObject({ userId: id }),
  z.strictObject({ groupId: id }),
  z.strictObject({ conversationId: id }),
]);
export type Target = z.infer<typeof target>;

/** Made once per message by the sender and kept over retries; with the sender it names the message for ever. */
export const clientMessageId = z.guid().transform((uuid) => uuid.toLowerCase());

/** `message:send` */
export const sendRequest = z.object({
  clientMessageId,
  to: target,
  content: sendableContent,
  replyTo: seq.min(1).optional(),
  mentions: mentions.optional(),
});
export type SendRequest = z.input<typeof sendRequest>;

export const sendResponse = z.object({
  messageId: id,
  conversationId: id,
  seq,
  sentAt: epochMs,
  /** True when this (sender, clientMessageId) had been accepted before; the rest is then the first one's. */
  duplicate: z.boolean(),
});
export type SendResponse = z.infer<typeof sendResponse>;
