import { z } from "zod";
import { announcement } from "./content.ts";
import { notifyLevel } from "./conversation-settings.ts";
import { role } from "./group.ts";
import { message } from "./message.ts";
import { epochMs, id, seq } from "./scalars.ts";

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
  /** A group's picture. */
  avatar: z.string().optional(),
  /** What this member is in the group. */
  role: role.optional(),
  /** This member may not send before this time. */
  mutedUntil: epochMs.optional(),
  /** Whether only admins may send. */
  mutedAll: z.boolean().optional(),
  /** What the group's admins have announced and this member has not read yet. */
  announcement: announcement.optional(),
  /** The time of the newest announcement that this member has read, on whatever device. */
  announcementReadAt: epochMs.optional(),
  /** Rises whenever somebody comes, goes, or gets another role or alias; absent in large groups and after leaving. */
  memberVersion: z.int().min(0).optional(),
  /** Whether the group was dissolved; `left` then as well. */
  dissolved: z.boolean().optional(),
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
  /** The unread messages that name this user, ascending; of many the newest `MAX_MENTION_SEQS`. */
  mentionSeqs: z.array(seq).optional(),
  pinned: z.boolean(),
  /** Whether `notify` is not 0. */
  muted: z.boolean(),
  /** How this user hears of it; absent: 0. */
  notify: notifyLevel.optional(),
  /** Not in the list: `hiddenSeq` is not below `lastSeq`, or is there at all when `notify` is −1. */
  hidden: z.boolean(),
  /** The newest message when this user hid it. */
  hiddenSeq: seq.optional(),
  /** Shown as unread until this user reads (a `read` entry) or sends, on whatever device. */
  markedUnread: z.boolean().optional(),
  /** Rises by 1 with each change of `pinned`, `notify`, `hiddenSeq` or `markedUnread` by `conversation:set`; absent: 0. */
  settingsVersion: z.int().min(0).optional(),
  /** What this user has begun to write. */
  draft: z.string().optional(),
  /**
   * The pinned messages that this user may see, in the order in which they were pinned; `at` is the `seq` of the system
   * message that told of the last change. Of two states the one with the higher `at` holds; absent: none was ever pinned.
   */
  pins: z.object({ at: seq, seqs: z.array(seq) }).optional(),
  /** The newest messages here that this user has starred, descending, as far as they are given. */
  stars: z.array(seq).optional(),
  /** When the draft last changed, also to nothing; rises with each change. Absent: never. */
  draftAt: epochMs.optional(),
  large: z.boolean().optional(),
  left: z.boolean().optional(),
});
export type Conversation = z.infer<typeof conversation>;

/** `read:mark`: never moves backwards; beyond the end it stops at the end. */
export const readRequest = z.object({ conversationId: id, seq });
export type ReadRequest = z.infer<typeof readRequest>;

export const readResponse = z.object({ readSeq: seq, unread: z.int().min(0) });
export type ReadResponse = z.infer<typeof readResponse>;
