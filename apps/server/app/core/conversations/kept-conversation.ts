import type { ConversationId, Seq, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import type { MemberSettings, ReadPosition } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

/** A conversation as one user keeps it. */
interface KeptConversation {
  /** The newest message that they may see. */
  readonly lastSeq: Seq;
  readonly settings: MemberSettings;
  readonly position: Required<ReadPosition>;
}

/**
 * The conversation as a member, or one who was a member, keeps it. The command must have named the member in `positions`
 * and `settings`.
 *
 * @throws {ImError} `NOT_FOUND` for one who never was a member
 */
export function requireKept(stage: Stage, conversationId: ConversationId, userId: UserId): KeptConversation {
  const conversation = stage.conversation(conversationId);
  const member = stage.membership(conversationId).get(userId);
  if (!conversation || !member) throw new ImError("NOT_FOUND", `conversation ${conversationId} does not exist`);
  const key = { conversationId, userId };
  const settings = stage.settings(conversationId, userId);
  return {
    lastSeq: member.leftSeq ?? conversation.lastSeq,
    settings: settings ?? { ...key, pinned: false, notify: 0, version: 0, draft: "", draftAt: 0 },
    position: { ...key, readSeq: 0, markedUnread: false, ...stage.position(conversationId, userId) },
  };
}
