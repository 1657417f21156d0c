import { type GroupId, type Joining, ROLES, SYSTEM_SENDER, type SystemContent, type UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Command } from "../timeline/command.ts";
import type { Membership } from "../timeline/membership.ts";
import { type MemberState, NEW_CONVERSATION, NEW_GROUP } from "../timeline/model.ts";
import { addingBy } from "./admission.ts";
import { admit } from "./admit.ts";
import { applicationsTo, applyToAdmins } from "./applying.ts";
import { newcomer, tell } from "./changes.ts";
import { type EnteredGroup, enterGroup, requireMember } from "./entering.ts";
import { requirePermissionOver } from "./permissions.ts";

/**
 * Makes a group of its owner and others.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` when one of them does not exist
 */
export function createGroup(groupId: GroupId, name: string, ownerId: UserId, others: readonly UserId[]): Command<void> {
  const conversationId = groupConversationId(groupId);
  const userIds = [ownerId, ...others];
  return {
    locks: [conversationId],
    users: userIds,
    decide(stage) {
      // Made by an earlier try of the same call.
      if (stage.conversation(conversationId)) return;
      stage.requireUsers(userIds);
      stage.createConversation({ conversationId, type: "group", groupId, ...NEW_CONVERSATION }, [
        newcomer(ownerId, ROLES.owner, 0, stage.at),
        ...others.map((userId) => newcomer(userId, ROLES.member, 0, stage.at)),
      ]);
      stage.saveGroup({ ...NEW_GROUP, groupId, conversationId, name, ownerId });
      const content: SystemContent = {
        kind: "system",
        event: "group.created",
        by: ownerId,
        userIds: [...others],
        name,
      };
      tell(stage, conversationId, content, false, { joined: userIds });
    },
  };
}

/**
 * Adds members; those who are in already are left as they are. `actorId` is a member, or the system. Where admins approve
 * who joins, an ordinary member proposes people to them.
 *
 * @returns those who were proposed, or whose application waits already
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders or when a user does not exist, `NOT_MEMBER` to those who
 * left, `FORBIDDEN` when the group lets admins alone add people
 */
export function addMembers(groupId: GroupId, userIds: readonly UserId[], actorId: UserId): Command<UserId[]> {
  const conversationId = groupConversationId(groupId);
  return {
    locks: [conversationId],
    users: userIds,
    applications: applicationsTo(groupId, userIds),
    decide(stage) {
      if (stage.requireGroup(groupId).dissolvedAt !== undefined && actorId === SYSTEM_SENDER) {
        throw new ImError("NOT_FOUND", "there is no such group");
      }
      const membership = stage.membership(conversationId);
      const adding = actorId === SYSTEM_SENDER ? "join" : addingOf(enterGroup(stage, groupId, actorId));
      if (adding === "closed") throw new ImError("FORBIDDEN", "your role does not allow this");
      // After the membership, so that an outsider learns nothing, not even which users exist.
      stage.requireUsers(userIds);
      if (adding === "apply") {
        const proposed = userIds.filter((userId) => !membership.isActive(userId));
        for (const userId of proposed) applyToAdmins(stage, groupId, userId, { description: "", proposer: actorId });
        return proposed;
      }
      admit(stage, groupId, userIds, actorId, (joined) => ({
        kind: "system",
        event: "member.added",
        by: actorId,
        userIds: joined,
      }));
      return [];
    },
  };
}

function addingOf({ actor, group }: EnteredGroup): Joining {
  return addingBy(actor, group);
}

/**
 * Removes a member of lower role, or the actor themself, who then leaves. When the owner leaves, the admin (or else the
 * member) who joined first becomes the owner.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders and for somebody who is not a member, `NOT_MEMBER` to
 * those who left, `FORBIDDEN` when the role does not suffice
 */
export function removeMember(groupId: GroupId, userId: UserId, actorId: UserId): Command<void> {
  const conversationId = groupConversationId(groupId);
  return {
    locks: [conversationId],
    decide(stage) {
      const entered = enterGroup(stage, groupId, actorId);
      const { membership, actor, conversation, group } = entered;
      const target = requireMember(entered, userId);
      const leaves = actorId === userId;
      if (!leaves) requirePermissionOver(actor, target, "remove");
      const changed: MemberState[] = [{ ...target, role: ROLES.member, leftSeq: conversation.lastSeq + 1 }];
      const heir = target.role === ROLES.owner ? findHeir(membership, userId) : undefined;
      if (heir) {
        const { mutedUntil: _, ...unmuted } = heir;
        changed.push({ ...unmuted, role: ROLES.owner });
        stage.saveGroup({ ...group, ownerId: heir.userId });
      }
      stage.putMembers(conversationId, changed);
      const content: SystemContent = leaves
        ? { kind: "system", event: "member.left", by: actorId }
        : { kind: "system", event: "member.removed", by: actorId, userIds: [userId] };
      tell(stage, conversationId, content, conversation.large, {
        left: [userId],
        ...(heir && { heir: heir.userId }),
      });
    },
  };
}

function findHeir(membership: Membership, leavingId: UserId): MemberState | undefined {
  return membership.activeIds
    .flatMap((id) => membership.get(id) ?? [])
    .filter((member) => member.userId !== leavingId)
    .toSorted((a, b) => b.role - a.role || a.joinedAt - b.joinedAt)[0];
}
