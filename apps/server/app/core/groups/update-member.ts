import { type GroupId, ROLES, type SystemContent, type UpdateMemberRequest, type UserId } from "@im-webapp/protocol";
import { groupConversationId } from "../shared/ids.ts";
import type { Command } from "../timeline/command.ts";
import type { MemberState } from "../timeline/model.ts";
import { tellChange } from "./changes.ts";
import { enterGroup, requireMember } from "./entering.ts";
import { requirePermission, requirePermissionOver } from "./permissions.ts";

/**
 * Gives a member another role or alias, or mutes them. An alias of one's own is one's own affair, and changes without a
 * word in the conversation.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders and for somebody who is not a member, `NOT_MEMBER` to
 * those who left, `FORBIDDEN` when the role does not suffice for a part of it; then nothing is changed
 */
export function updateMember(
  groupId: GroupId,
  userId: UserId,
  update: UpdateMemberRequest,
  actorId: UserId,
): Command<void> {
  return {
    locks: [groupConversationId(groupId)],
    tellsMembers: true,
    decide(stage) {
      const entered = enterGroup(stage, groupId, actorId);
      const { conversationId, actor } = entered;
      const target = requireMember(entered, userId);
      if (update.role !== undefined) requirePermissionOver(actor, target, "setRole");
      if (update.mutedUntil !== undefined) requirePermissionOver(actor, target, "muteMember");
      if (update.alias !== undefined && userId !== actorId) requirePermissionOver(actor, target, "setOthersAlias");

      const next = changedMember(target, update, stage.at);
      const told: SystemContent[] = [];
      if (next.role !== target.role) {
        const role = next.role === ROLES.admin ? ROLES.admin : ROLES.member;
        told.push({ kind: "system", event: "member.role", by: actorId, userId, role });
      }
      if (update.mutedUntil !== undefined && next.mutedUntil !== target.mutedUntil) {
        const until = next.mutedUntil;
        told.push({
          kind: "system",
          event: "member.muted",
          by: actorId,
          userId,
          ...(until !== undefined && { until }),
        });
      }
      if (told.length === 0 && next.alias === target.alias) return;
      stage.putMembers(conversationId, [next]);
      if (told.length === 0) {
        const everybody = stage.membership(conversationId).activeIds;
        // In a large group nobody's own view of the conversation shows it.
        if (!entered.conversation.large) stage.fanOut({ type: "conversation", conversationId }, everybody);
      }
      for (const content of told) tellChange(stage, conversationId, content, { all: true, members: [userId] });
    },
  };
}

function changedMember(member: MemberState, update: UpdateMemberRequest, now: number): MemberState {
  const { alias, mutedUntil, ...rest } = member;
  const nextAlias = update.alias === undefined ? alias : update.alias;
  const role = update.role ?? member.role;
  let until = update.mutedUntil === undefined ? mutedUntil : (update.mutedUntil ?? undefined);
  if (until !== undefined && until <= now) until = undefined;
  // Whoever is trusted with muting others is not left without a word.
  if (role > member.role && update.mutedUntil === undefined) until = undefined;
  return {
    ...rest,
    role,
    ...(nextAlias !== undefined && nextAlias !== "" && { alias: nextAlias }),
    ...(until !== undefined && { mutedUntil: until }),
  };
}

/**
 * Hands the group over. Who owned it stays as an admin.
 *
 * @throws {ImError} (from the command) as `updateMember`; `FORBIDDEN` to all but the owner
 */
export function transferGroup(groupId: GroupId, userId: UserId, actorId: UserId): Command<void> {
  return {
    locks: [groupConversationId(groupId)],
    tellsMembers: true,
    decide(stage) {
      const entered = enterGroup(stage, groupId, actorId);
      const { conversationId, actor, group } = entered;
      requirePermission(actor, "transfer");
      const target = requireMember(entered, userId);
      if (userId === actorId) return;
      const { mutedUntil: _, ...heir } = target;
      stage.saveGroup({ ...group, ownerId: userId });
      stage.putMembers(conversationId, [
        { ...actor, role: ROLES.admin },
        { ...heir, role: ROLES.owner },
      ]);
      const content: SystemContent = { kind: "system", event: "group.transferred", by: actorId, userId };
      tellChange(stage, conversationId, content, { all: true, members: [actorId, userId] });
    },
  };
}
