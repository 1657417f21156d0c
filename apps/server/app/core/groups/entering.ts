import type { ConversationId, GroupId, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Membership } from "../timeline/membership.ts";
import type { ConversationState, GroupState, MemberState } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";
import { may } from "./permissions.ts";

/** A group with all that a command of one of its members needs to know. */
export interface EnteredGroup {
  readonly conversationId: ConversationId;
  readonly conversation: ConversationState;
  readonly group: GroupState;
  readonly membership: Membership;
  /** The member who acts. */
  readonly actor: MemberState;
}

/**
 * A locked group, for one of its members.
 *
 * @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left and when the group was dissolved
 */
export function enterGroup(stage: Stage, groupId: GroupId, actorId: UserId): EnteredGroup {
  const conversationId = groupConversationId(groupId);
  const membership = stage.membership(conversationId);
  const actor = membership.requireActive(conversationId, actorId);
  const group = requireUndissolved(stage.requireGroup(groupId));
  const conversation = stage.conversation(conversationId);
  if (!conversation) throw new ImError("NOT_FOUND", "there is no such group");
  return { conversationId, conversation, group, membership, actor };
}

/** @throws {ImError} `NOT_MEMBER` when the group was dissolved */
function requireUndissolved(group: GroupState): GroupState {
  if (group.dissolvedAt !== undefined) throw new ImError("NOT_MEMBER", "this group was dissolved");
  return group;
}

/**
 * A member of the group who is not the actor, or is.
 *
 * @throws {ImError} `NOT_FOUND` for somebody who is not in it at present
 */
export function requireMember({ membership }: Pick<EnteredGroup, "membership">, userId: UserId): MemberState {
  const member = membership.get(userId);
  if (!member || !membership.isActive(userId)) throw new ImError("NOT_FOUND", "there is no such member");
  return member;
}

/**
 * The member who wants to say something, in a conversation of any kind. Who is muted says nothing: neither a new message
 * nor a new text of an old one. Taking back and reacting say nothing new and stay allowed.
 *
 * @throws {ImError} `NOT_FOUND` and `NOT_MEMBER` as `enterGroup` does; `MUTED` with `details.until`, or with
 * `details.all` when only admins may send
 */
export function requireSpeaker(stage: Stage, conversationId: ConversationId, userId: UserId): MemberState {
  const member = stage.membership(conversationId).requireActive(conversationId, userId);
  const groupId = stage.conversation(conversationId)?.groupId;
  const group = groupId === undefined ? undefined : stage.group(groupId);
  if (!group) return member;
  requireUndissolved(group);
  if (member.mutedUntil !== undefined && member.mutedUntil > stage.at) {
    throw new ImError("MUTED", "you are muted in this group", { details: { until: member.mutedUntil } });
  }
  if (group.mutedAll && !may(member.role, "sendWhileAllMuted")) {
    throw new ImError("MUTED", "only admins may send in this group", { details: { all: true } });
  }
  return member;
}
