import { createHash } from "node:crypto";
import type { ApplicationType, ConversationId, GroupId, MessageId, Seq, UserId } from "@im-webapp/protocol";
import { customAlphabet } from "nanoid";

/**
 * A new id: 20 characters of lower-case letters and digits (103 random bits). Random, so that inserts of many nodes
 * spread over a distributed table; one case, so that no collation can confuse two.
 */
export const newId: () => string = customAlphabet("0123456789abcdefghijklmnopqrstuvwxyz", 20);

/**
 * The direct conversation of two users, whoever writes first: derived, so that two first messages sent at the same time
 * on two nodes meet in one conversation.
 */
export function directConversationId(a: UserId, b: UserId): ConversationId {
  const pair = a < b ? `${a}\n${b}` : `${b}\n${a}`;
  return `d${createHash("sha256").update(pair).digest("hex").slice(0, 32)}`;
}

export function groupConversationId(groupId: GroupId): ConversationId {
  return `g${groupId}`;
}

/** The group that its owner named so when making it: derived, so that a repeat meets the first one on any node. */
export function namedGroupId(ownerId: UserId, clientGroupId: string): GroupId {
  return createHash("sha256").update(`${ownerId}\n${clientGroupId}`).digest("hex").slice(0, 32);
}

/** Where the system speaks to one user. */
export function systemConversationId(userId: UserId): ConversationId {
  return `s${userId}`;
}

/** Whether this names the direct conversation of two users. */
export function isDirectId(conversationId: ConversationId): boolean {
  return conversationId.startsWith("d");
}

/** The one application of a type that an applicant (absent: the system) can make to a target. */
export function applicationIdOf(type: ApplicationType, applicant: UserId | undefined, target: string): string {
  const parts = `${type}\n${applicant ?? ""}\n${target}`;
  return `a${createHash("sha256").update(parts).digest("hex").slice(0, 32)}`;
}

/** The group whose conversation this is. */
export function groupIdOf(conversationId: ConversationId): GroupId {
  return conversationId.slice(1);
}

/** A message's id follows from its place, so it needs neither a column nor an index. */
export function messageIdOf(conversationId: ConversationId, seq: Seq): MessageId {
  return `${conversationId}-${seq}`;
}
