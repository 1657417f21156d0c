import { z } from "zod";
import { announcement } from "./content.ts";
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
  pinned: z.boolean(),
  muted: z.boolean(),
  hidden: z.boolean(),
  draft: z.string().optional(),
  large: z.boolean().optional(),
  left: z.boolean().optional(),
});
export type Conversation = z.infer<typeof conversation>;

/** `read:mark`: never moves backwards; beyond the end it stops at the end. */
export const readRequest = z.object({ conversationId: id, seq });
export type ReadRequest = z.infer<typeof readRequest>;

export const readResponse = z.object({ readSeq: seq, unread: z.int().min(0) });
export type ReadResponse = z.infer<typeof readResponse>;
