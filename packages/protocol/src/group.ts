import { z } from "zod";
import { JOIN_POLICIES, WHO_MAY_ADD } from "./constants.ts";
import { announcement } from "./content.ts";
import { epochMs, id, ids, name, pageToken, queryLimit } from "./scalars.ts";
import { user } from "./user.ts";

export const groupName = name(64);

/**
 * `POST /api/v1/groups`: the caller becomes the owner and a member. `clientGroupId` is a UUID that the caller makes once
 * per group and keeps over retries: a repeat makes no second group and answers with the first one.
 */
export const createGroupRequest = z.object({ name: groupName, memberIds: ids, clientGroupId: z.uuid().optional() });

/** How people come into a group without being added: at once, when an admin agrees, or not at all. */
export const joinPolicy = z.enum(JOIN_POLICIES);

/** Who may add others to a group. */
export const whoMayAdd = z.enum(WHO_MAY_ADD);

/** A group, as its members see it. */
export const group = z.object({
  groupId: id,
  conversationId: id,
  name: z.string(),
  /** The group's picture; without one a mosaic of its members stands for it. */
  avatar: z.string().optional(),
  description: z.string(),
  announcement: announcement.optional(),
  ownerId: id,
  joinPolicy,
  whoMayAdd,
  /** Whether newcomers read what was said before they came. */
  historyVisible: z.boolean(),
  /** Whether only admins may send. */
  mutedAll: z.boolean(),
  /** Set once the group has been dissolved: it has no members any more, and nothing can be sent. */
  dissolvedAt: epochMs.optional(),
  memberCount: z.int().min(0),
});
export type Group = z.infer<typeof group>;

/** `POST /api/v1/groups/:groupId/members`: those who are members already are left as they are. */
export const addMembersRequest = z.object({ userIds: ids.refine((list) => list.length > 0, "name somebody") });

/** What a member may do rises with the number: member, admin, owner. */
export const role = z.union([z.literal(0), z.literal(1), z.literal(100)]);

/** Somebody in a group. */
export const member = user.extend({
  role,
  /** The name that they go by in this group. */
  alias: z.string().optional(),
  /** They may not send before this time. */
  mutedUntil: epochMs.optional(),
});
export type Member = z.infer<typeof member>;

/** `GET /api/v1/groups/:groupId/members` */
export const listMembersRequest = z.object({
  limit: queryLimit,
  page: pageToken.optional(),
});

export const membersResponse = z.object({
  members: z.array(member),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type MembersResponse = z.infer<typeof membersResponse>;

/**
 * The answer of a change of membership. `proposed`: those who are not in yet, because in this group admins decide about
 * whom an ordinary member adds.
 */
export const membershipResponse = z.object({ group, proposed: z.array(id).optional() });
export type MembershipResponse = z.infer<typeof membershipResponse>;
