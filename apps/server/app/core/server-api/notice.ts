import { createHash } from "node:crypto";
import {
  type ConversationId,
  type NoticeContent,
  SYSTEM_SENDER,
  type SendResponse,
  type UserId,
} from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { systemConversationId } from "../shared/ids.ts";
import { toSendResponse } from "../messages/send-message.ts";
import type { Command } from "../timeline/command.ts";
import { NEW_CONVERSATION } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

/** A notice in a user's `system` conversation, which is made on first use. */
export function noticeToUser(userId: UserId, clientMessageId: string, content: NoticeContent): Command<SendResponse> {
  const conversationId = systemConversationId(userId);
  return {
    ...notice(conversationId, clientMessageId, content, (stage) => {
      if (stage.conversation(conversationId)) return;
      stage.requireUsers([userId]);
      stage.createConversation({ conversationId, type: "system", ...NEW_CONVERSATION }, [
        { userId, role: 0, fromSeq: 0, pastSpans: [], joinedAt: stage.at },
      ]);
      stage.fanOut({ type: "conversation", conversationId }, [userId]);
    }),
    users: [userId],
  };
}

/** A notice in a group's conversation. */
export function noticeToGroup(
  conversationId: ConversationId,
  clientMessageId: string,
  content: NoticeContent,
): Command<SendResponse> {
  return notice(conversationId, clientMessageId, content, (stage) => {
    const groupId = stage.conversation(conversationId)?.groupId;
    if (groupId === undefined || stage.group(groupId)?.dissolvedAt !== undefined) {
      throw new ImError("NOT_FOUND", "there is no such group");
    }
  });
}

/** The id under which one recipient's copy of a notice to all is stored: the same whenever the notice is sent again. */
export function copyId(clientMessageId: string, userId: UserId): string {
  const hex = createHash("sha256").update(`${clientMessageId}\n${userId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function notice(
  conversationId: ConversationId,
  clientMessageId: string,
  content: NoticeContent,
  prepare: (stage: Stage) => void,
): Command<SendResponse> {
  return {
    locks: [conversationId],
    tellsMembers: true,
    bytes: JSON.stringify(content).length,
    once: { key: { senderId: SYSTEM_SENDER, clientMessageId }, duplicate: (stored) => toSendResponse(stored, true) },
    decide(stage) {
      prepare(stage);
      return toSendResponse(stage.post({ conversationId, senderId: SYSTEM_SENDER, clientMessageId, content }), false);
    },
  };
}
