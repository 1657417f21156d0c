import { z } from "zod";
import { message } from "./message.ts";
import { id, seq } from "./scalars.ts";

export const conversationType = z.enum(["direct", "group", "system"]);
export type ConversationType = z.infer<typeof conversationType>;

/** A conversation as one user sees it. */
export const conversation = z.object({
  conversationId: id,
  type: conversationType,
  /** The other one of a direct conversation. */
  peerId: id.optional(),
  groupId: id.optional(),
  /** A group's name, or the other one's display name. */
  title: z.string().optional(),
  /** Members at present; groups only, and absent for one who left. */
  memberCount: z.int().min(0).optional(),
  /** The newest message that this user may see; for one who left, the last before leaving. */
  lastSeq: seq,
  lastMessage: message.optional(),
  /** Counts the changes of messages in the conversation: 1, 2, 3 … */
  changeSeq: seq,
  readSeq: seq,
  /** Always `lastSeq` − `readSeq`. */
  unread: z.int().min(0),
  mentioned: z.boolean().optional(),
  pinned: z.boolean(),
  muted: z.boolean(),
  hidden: z.boolean(),
  draft: z.string().optional(),
  /**
   * The pinned messages that this user may see, in the order in which they were pinned; `at` is the `seq` of the system
   * message that told of the last change. Of two states the one with the higher `at` holds; absent: none was ever pinned.
   */
  pins: z.object({ at: seq, seqs: z.array(seq) }).optional(),
  /** The newest messages here that this user has starred, descending, as far as they are given. */
  stars: z.array(seq).optional(),
  large: z.boolean().optional(),
  left: z.boolean().optional(),
});
export type Conversation = z.infer<typeof conversation>;

/** `read:mark`: never moves backwards; beyond the end it stops at the end. */
export const readRequest = z.object({ conversationId: id, seq });
export type ReadRequest = z.infer<typeof readRequest>;

export const readResponse = z.object({ readSeq: seq, unread: z.int().min(0) });
export type ReadResponse = z.infer<typeof readResponse>;
