import type { CreateInvitationRequest, GroupId, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Command } from "../timeline/command.ts";
import type { StoredInvitation } from "../timeline/model.ts";
import { addingBy, stateOfInvitation } from "./admission.ts";
import { admit } from "./admit.ts";
import { applicationsTo, applyToAdmins, groupApplication } from "./applying.ts";
import { enterGroup } from "./entering.ts";
import { may } from "./permissions.ts";

/**
 * Makes a link into a group, for a member who may add or propose somebody.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left, `FORBIDDEN` to those who
 * may add nobody, `BAD_REQUEST` when it would have expired already
 */
export function createInvitation(
  groupId: GroupId,
  token: string,
  { expiresAt, maxUses }: CreateInvitationRequest,
  actorId: UserId,
): Command<StoredInvitation> {
  const conversationId = groupConversationId(groupId);
  return {
    locks: [conversationId],
    decide(stage) {
      const { actor, group } = enterGroup(stage, groupId, actorId);
      if (addingBy(actor, group) === "closed") {
        throw new ImError("FORBIDDEN", "only admins of this group may invite");
      }
      if (expiresAt !== undefined && expiresAt <= stage.at) {
        const message = "lies in the past";
        throw new ImError("BAD_REQUEST", `expiresAt: ${message}`, {
          details: { fields: [{ path: "expiresAt", message }] },
        });
      }
      const invitation: StoredInvitation = {
        token,
        groupId,
        createdBy: actorId,
        createdAt: stage.at,
        uses: 0,
        ...(expiresAt !== undefined && { expiresAt }),
        ...(maxUses !== undefined && { maxUses }),
      };
      stage.saveInvitation(invitation);
      return invitation;
    },
  };
}

/**
 * Ends an invitation, for its maker and admins. One that has been revoked stays so.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to outsiders and for an invitation that the actor may not see,
 * `NOT_MEMBER` to those who left
 */
export function revokeInvitation(groupId: GroupId, token: string, actorId: UserId): Command<void> {
  const conversationId = groupConversationId(groupId);
  return {
    locks: [conversationId],
    invitations: [token],
    decide(stage) {
      const actor = stage.membership(conversationId).requireActive(conversationId, actorId);
      const invitation = stage.invitation(token);
      const isVisible = invitation?.createdBy === actorId || may(actor.role, "approveApplications");
      if (invitation?.groupId !== groupId || !isVisible) throw new ImError("NOT_FOUND", "there is no such invitation");
      if (invitation.revokedAt === undefined) stage.saveInvitation({ ...invitation, revokedAt: stage.at });
    },
  };
}

/**
 * Brings somebody in by an invitation, by the right of its maker: where that one may only propose people, it makes an
 * application, which counts as a use. Whoever is in already, or waits for an answer, uses nothing up.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` when there is no such invitation, `FORBIDDEN` with its `state` when it
 * cannot be accepted
 */
export function acceptInvitation(groupId: GroupId, token: string, userId: UserId, description: string): Command<void> {
  const conversationId = groupConversationId(groupId);
  return {
    locks: [conversationId],
    invitations: [token],
    applications: applicationsTo(groupId, [userId]),
    decide(stage) {
      const invitation = stage.invitation(token);
      if (invitation?.groupId !== groupId) throw new ImError("NOT_FOUND", "there is no such invitation");
      const membership = stage.membership(conversationId);
      if (membership.isActive(userId)) return;
      const group = stage.requireGroup(groupId);
      const maker = membership.get(invitation.createdBy);
      const state = stateOfInvitation(invitation, maker, group, stage.at);
      if (state !== "open") {
        throw new ImError("FORBIDDEN", `this invitation is ${state}`, { details: { state } });
      }
      if (addingBy(maker, group) === "apply") {
        const earlier = groupApplication(stage, userId, groupId);
        const proposer = invitation.createdBy;
        if (applyToAdmins(stage, groupId, userId, { description, proposer }) === earlier) return;
        stage.saveInvitation({ ...invitation, uses: invitation.uses + 1 });
        return;
      }
      stage.saveInvitation({ ...invitation, uses: invitation.uses + 1 });
      admit(stage, groupId, [userId], invitation.createdBy, () => ({
        kind: "system",
        event: "member.joined",
        by: userId,
        inviterId: invitation.createdBy,
      }));
    },
  };
}
