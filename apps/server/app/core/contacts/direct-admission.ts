import type { ConversationId, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { isDirectId } from "../shared/ids.ts";
import type { Stage } from "../timeline/stage.ts";

/** From whom people take direct messages: from anyone whom they do not block, or from their contacts only. */
export type DirectMessages = "anyone" | "contacts";

/** The pair whose relation decides on what is said in a conversation; none for one that is not direct. */
export function pairsOf(conversationId: ConversationId): readonly ConversationId[] {
  return isDirectId(conversationId) ? [conversationId] : [];
}

/**
 * Lets a user speak to another one, or not. The command has named the pair.
 *
 * @throws {ImError} `BLOCKED` by the other one, `FORBIDDEN` to those who are no contacts where only these may
 */
export function requireAdmission(stage: Stage, senderId: UserId, peerId: UserId, allowed: DirectMessages): void {
  if (senderId === peerId) return;
  const theirs = stage.relations.side(peerId, senderId);
  if (theirs.blockedAt !== undefined) throw new ImError("BLOCKED", "they take no messages from you");
  if (allowed === "contacts" && !theirs.contact) {
    throw new ImError("FORBIDDEN", "they are no contact of yours", { details: { reason: "contacts" } });
  }
}
