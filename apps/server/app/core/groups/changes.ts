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

/**
 * Somebody who joins now and reads messages above `fromSeq`; `earlier` is their former stay, if they had one. Who reads
 * from the beginning needs no former stays.
 */
export function newcomer(
  userId: UserId,
  role: Role,
  fromSeq: Seq,
  joinedAt: EpochMs,
  earlier?: MemberState,
): MemberState {
  const pastSpans =
    earlier?.leftSeq === undefined || fromSeq === 0
      ? []
      : [...earlier.pastSpans, { from: earlier.fromSeq, to: earlier.leftSeq }].filter(({ from, to }) => to > from);
  // Leaving and coming back ends no muting.
  const muted = earlier?.mutedUntil !== undefined && { mutedUntil: earlier.mutedUntil };
  return { userId, role, fromSeq, pastSpans, joinedAt, ...muted };
}

/** Who came and who went with a change of membership. */
export interface Movement {
  readonly joined?: readonly UserId[];
  readonly left?: readonly UserId[];
  /** Who owns the group from now on, after its owner has left. */
  readonly heir?: UserId;
}

/**
 * Says in the conversation what has happened to it, and gives everybody concerned its new state first, so that a client
 * never sees a message of a conversation that it does not know.
 *
 * Everybody is concerned by a change in a group that is written to each timeline, and by every crossing of the fan-out
 * threshold; in a large group only those who came or went, and who owns it now.
 *
 * @param wasLarge whether the group was large before
 */
export function tell(
  stage: Stage,
  conversationId: ConversationId,
  content: SystemContent,
  wasLarge: boolean,
  { joined = [], left = [], heir }: Movement,
): void {
  const isLarge = stage.conversation(conversationId)?.large ?? false;
  const theirs = heir === undefined ? joined : [...joined, heir];
  const concerned = isLarge && wasLarge ? theirs : stage.membership(conversationId).activeIds;
  stage.fanOut({ type: "conversation", conversationId }, [...concerned, ...left]);
  tellAll(stage, conversationId, content, left);
}

/** Who is given the conversation's new state with a change of it. */
export interface ChangeAudience {
  /** Whether everybody's view of the conversation shows the change. */
  readonly all: boolean;
  /** Those whom it concerns in a group of any size. */
  readonly members?: readonly UserId[];
}

/**
 * Says in the conversation what has been changed of the group or its members, after giving its new state to those whose
 * view shows it. The members of a large group learn of it from the message alone, but for those whom it concerns.
 */
export function tellChange(
  stage: Stage,
  conversationId: ConversationId,
  content: SystemContent,
  { all, members = [] }: ChangeAudience,
): void {
  const isLarge = stage.conversation(conversationId)?.large ?? false;
  const shown = all && !isLarge ? stage.membership(conversationId).activeIds : members;
  stage.fanOut({ type: "conversation", conversationId }, shown);
  tellAll(stage, conversationId, content);
}

/** Says in the conversation what has happened. */
export function tellAll(
  stage: Stage,
  conversationId: ConversationId,
  content: SystemContent,
  alsoTo: readonly UserId[] = [],
): void {
  stage.post({ conversationId, senderId: SYSTEM_SENDER, clientMessageId: randomUUID(), content, alsoTo });
}
