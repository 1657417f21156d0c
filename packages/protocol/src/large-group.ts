import { z } from "zod";
import { announcement } from "./content.ts";
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

/** What a large group's members are told of by messages and when they connect, and by no entry of their own. */
export const shownOfGroup = z.object({
  title: z.string(),
  /** Null where there is none; so with the announcement, of which it says nothing to those who have read it. */
  avatar: z.string().nullable(),
  announcement: announcement.nullable(),
  mutedAll: z.boolean(),
});

export type ShownOfGroup = z.infer<typeof shownOfGroup>;

/** The state of a large conversation, in the first `sync:pull` after a connect. */
export const largeGroupState = z.object({
  conversationId: id,
  lastSeq: seq,
  changeSeq: seq,
  readSeq: seq,
  shown: shownOfGroup.optional(),
  /** As in the conversation: a device that passes over what it has missed learns of its mentions here. */
  mentionSeqs: z.array(seq).optional(),
});
export type LargeGroupState = z.infer<typeof largeGroupState>;
