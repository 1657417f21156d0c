import type { ConversationId, Seq, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import type { ConversationState, MemberState, Span } from "../timeline/model.ts";

/** A conversation together with one user's membership of it. */
export interface Participation {
  readonly conversation: ConversationState;
  readonly member: MemberState;
}

/** Finds the participation of one user, past or present. */
export interface ParticipationStore {
  find(conversationId: ConversationId, userId: UserId): Promise<Participation | undefined>;
}

/**
 * @throws {ImError} `NOT_FOUND` for one who never was a member: the conversation might as well not exist
 */
export async function requireParticipation(
  store: ParticipationStore,
  conversationId: ConversationId,
  userId: UserId,
): Promise<Participation> {
  const participation = await store.find(conversationId, userId);
  if (!participation) throw new ImError("NOT_FOUND", `conversation ${conversationId} does not exist`);
  return participation;
}

/** The runs of messages that a member, or one who was a member, may read, ascending. */
export function visibleSpans({
  conversation,
  member,
}: {
  conversation: Pick<ConversationState, "lastSeq">;
  member: MemberState;
}): readonly Span[] {
  const to = member.leftSeq ?? conversation.lastSeq;
  return [...member.pastSpans, { from: member.fromSeq, to }].filter((span) => span.to > span.from);
}

export function isVisible(spans: readonly Span[], seq: Seq): boolean {
  return spans.some((span) => seq > span.from && seq <= span.to);
}
