import type { GroupId, UserId } from "@im-webapp/protocol";
import { type ParticipationStore, requireParticipation } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { MemberState } from "../timeline/model.ts";

/** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
export async function requireGroupMember(
  participations: ParticipationStore,
  userId: UserId,
  groupId: GroupId,
): Promise<MemberState> {
  const { member } = await requireParticipation(participations, groupConversationId(groupId), userId);
  if (member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this group");
  return member;
}
