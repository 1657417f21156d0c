import { z } from "zod";
import { id, ids, name, pageToken, queryLimit } from "./scalars.ts";
import { user } from "./user.ts";

export const groupName = name(64);

/** `POST /api/v1/groups`: the caller becomes the owner and a member. */
export const createGroupRequest = z.object({ name: groupName, memberIds: ids });

export const group = z.object({
  groupId: id,
  conversationId: id,
  name: z.string(),
  ownerId: id,
  memberCount: z.int().min(0),
});
export type Group = z.infer<typeof group>;

/** `POST /api/v1/groups/:groupId/members`: those who are members already are left as they are. */
export const addMembersRequest = z.object({ userIds: ids.refine((list) => list.length > 0, "name somebody") });

export const member = user.extend({ role: z.union([z.literal(0), z.literal(1), z.literal(100)]) });
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

/** The answer of a change of membership. */
export const membershipResponse = z.object({ group });
