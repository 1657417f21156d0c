import { z } from "zod";
import { application, applyRequest } from "./application.ts";
import { MAX_INVITATION_USES } from "./limits.ts";
import { epochMs, id, pageToken, queryLimit } from "./scalars.ts";
import { user } from "./user.ts";

/**
 * Whether an invitation can be accepted. `revoked`: somebody has ended it, or its maker may add nobody any more.
 * `full`: it has been accepted as often as it may be.
 */
export const invitationState = z.enum(["open", "expired", "revoked", "full"]);
export type InvitationState = z.infer<typeof invitationState>;

/** A link into a group, as those who manage it see it. Whoever has the token may use it. */
export const invitation = z.object({
  token: id,
  groupId: id,
  /** Who made it, and by whose right people come in. */
  createdBy: id,
  createdAt: epochMs,
  /** Absent: it never expires. */
  expiresAt: epochMs.optional(),
  /** How often it may be accepted; absent: any number of times. */
  maxUses: z.int().min(1).optional(),
  uses: z.int().min(0),
  state: invitationState,
});
export type Invitation = z.infer<typeof invitation>;

/** `POST /api/v1/groups/:groupId/invitations`. What has passed already is `BAD_REQUEST`. */
export const createInvitationRequest = z.object({
  expiresAt: epochMs.optional(),
  maxUses: z.int().min(1).max(MAX_INVITATION_USES).optional(),
});
export type CreateInvitationRequest = z.infer<typeof createInvitationRequest>;

/** `GET /api/v1/groups/:groupId/invitations` */
export const listInvitationsRequest = z.object({ limit: queryLimit, page: pageToken.optional() });

export const invitationsResponse = z.object({
  invitations: z.array(invitation),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type InvitationsResponse = z.infer<typeof invitationsResponse>;

/** What one who may not be in a group sees of it. */
export const groupCard = z.object({
  groupId: id,
  name: z.string(),
  avatar: z.string().optional(),
  description: z.string(),
  memberCount: z.int().min(0),
  /** Whether the one who asks is in it; then `conversationId` leads there. */
  isMember: z.boolean(),
  conversationId: id.optional(),
});
export type GroupCard = z.infer<typeof groupCard>;

/** How somebody comes in: at once, after an admin has agreed, or not this way. */
export const joining = z.enum(["join", "apply", "closed"]);
export type Joining = z.infer<typeof joining>;

/** `GET /api/v1/groups/:groupId/card` */
export const groupCardResponse = z.object({
  /** What it comes to when the caller asks to come in. */
  joining,
  group: groupCard,
  /** The caller's own application to the group, if there is one. */
  application: application.optional(),
});
export type GroupCardResponse = z.infer<typeof groupCardResponse>;

/** `POST /api/v1/invitations/:token/accept`: the greeting is for the admins, where they decide. */
export const acceptInvitationRequest = applyRequest.pick({ description: true });

/** `GET /api/v1/invitations/:token` */
export const invitationCard = z.object({
  token: id,
  state: invitationState,
  /** What accepting it comes to: an invitation of a member who may only propose people is an application. */
  joining,
  inviter: user,
  group: groupCard,
  /** The caller's own application to the group, if there is one. */
  application: application.optional(),
});
export type InvitationCard = z.infer<typeof invitationCard>;
