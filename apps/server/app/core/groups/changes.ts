import { randomUUID } from "node:crypto";
import {
  type ConversationId,
  type EpochMs,
  type Role,
  SYSTEM_SENDER,
  type Seq,
  type SystemContent,
  type UserId,
} from "@im-webapp/protocol";
import type { MemberState } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

/** Somebody who joins now and reads messages above `fromSeq`; `earlier` is their former stay, if they had one. */
export function newcomer(
  userId: UserId,
  role: Role,
  fromSeq: Seq,
  joinedAt: EpochMs,
  earlier?: MemberState,
): MemberState {
  const pastSpans =
    earlier?.leftSeq === undefined
      ? []
      : [...earlier.pastSpans, { from: earlier.fromSeq, to: earlier.leftSeq }].filter(({ from, to }) => to > from);
  return { userId, role, fromSeq, pastSpans, joinedAt };
}

/**
 * Says in the conversation what has happened to it, and gives everybody concerned its new state first, so that a
 * client never sees a message of a conversation that it does not know.
 */
export function tell(
  stage: Stage,
  conversationId: ConversationId,
  content: SystemContent,
  alsoTo: readonly UserId[] = [],
): void {
  stage.fanOut({ type: "conversation", conversationId }, [...stage.membership(conversationId).activeIds, ...alsoTo]);
  stage.post({ conversationId, senderId: SYSTEM_SENDER, clientMessageId: randomUUID(), content, alsoTo });
}
