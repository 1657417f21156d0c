import { z } from "zod";
import { JOIN_POLICIES, MUTED_FOREVER, WHO_MAY_ADD } from "./constants.ts";
import { announcement } from "./content.ts";
import { epochMs, id, ids, name, pageToken, printable, queryLimit } from "./scalars.ts";
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

/**
 * `GET /api/v1/groups/:groupId/members`: the owner first, then admins, then the others. `query` finds those whose alias
 * or display name begins with it.
 */
export const listMembersRequest = z.object({
  query: name(64).optional(),
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

/** Longest description of a group, in UTF-16 units: what a column of the group's row holds. */
const MAX_DESCRIPTION_LENGTH = 500;

/** Longest announcement, in UTF-16 units: what people read in one go. */
const MAX_ANNOUNCEMENT_LENGTH = 2_000;

const prose = (max: number) => printable.transform((text) => text.trim()).pipe(z.string().max(max));

/** `PATCH /api/v1/groups/:groupId`: what is left out stays as it is. An empty announcement takes it away. */
export const updateGroupRequest = z.object({
  name: groupName.optional(),
  description: prose(MAX_DESCRIPTION_LENGTH).optional(),
  announcement: prose(MAX_ANNOUNCEMENT_LENGTH).optional(),
  joinPolicy: joinPolicy.optional(),
  whoMayAdd: whoMayAdd.optional(),
  historyVisible: z.boolean().optional(),
  mutedAll: z.boolean().optional(),
});
export type UpdateGroupRequest = z.output<typeof updateGroupRequest>;

/**
 * `PATCH /api/v1/groups/:groupId/members/:userId`: what is left out stays as it is. An empty alias takes it away; a
 * `mutedUntil` that is null or has passed ends the muting.
 */
export const updateMemberRequest = z.object({
  role: z.union([z.literal(0), z.literal(1)]).optional(),
  alias: z.union([z.literal(""), name(64)]).optional(),
  mutedUntil: z.int().min(0).max(MUTED_FOREVER).nullable().optional(),
});
export type UpdateMemberRequest = z.output<typeof updateMemberRequest>;

/** `POST /api/v1/groups/:groupId/transfer` */
export const transferGroupRequest = z.object({ userId: id });

/** `PUT /api/v1/groups/:groupId/announcement/read`: `at` is the announcement's own, so that a later one stays unread. */
export const readAnnouncementRequest = z.object({ at: epochMs });

/** `POST /api/v1/groups/:groupId/members/lookup`: those who are no members at present are left out of the answer. */
export const lookupMembersRequest = z.object({ userIds: ids });

export const lookupMembersResponse = z.object({ members: z.array(member) });
export type LookupMembersResponse = z.infer<typeof lookupMembersResponse>;
