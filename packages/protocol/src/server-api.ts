import { z } from "zod";
import { device } from "./auth.ts";
import { noticeContent } from "./content.ts";
import { groupName } from "./group.ts";
import { SYSTEM_SENDER } from "./constants.ts";
import { clientMessageId, sendRequest, sendResponse } from "./message.ts";
import { epochMs, id } from "./scalars.ts";
import { displayName, password, phone, username } from "./user.ts";

/** Most users or tokens of one call. */
const MAX_ACCOUNTS = 1_000;

/** Most messages of one call. */
const MAX_MESSAGES = 500;

/** Most members that a group may have, and so that one call may name. */
const MAX_GROUP_MEMBERS = 100_000;

/** `POST /api/v1/server/users`: idempotent by `username`. A user without a password can only be given tokens. */
export const serverUsersRequest = z.object({
  users: z
    .array(z.object({ username, displayName, phone: phone.optional(), password: password.optional() }))
    .min(1)
    .max(MAX_ACCOUNTS),
});

export const serverUsersResponse = z.object({
  users: z.array(z.object({ userId: id, username: z.string(), created: z.boolean() })),
});
export type ServerUsersResponse = z.infer<typeof serverUsersResponse>;

/** `POST /api/v1/server/tokens` */
export const serverTokensRequest = z.object({
  tokens: z
    .array(z.object({ userId: id, device }))
    .min(1)
    .max(MAX_ACCOUNTS),
});

export const serverTokensResponse = z.object({
  tokens: z.array(z.object({ userId: id, token: z.string(), expiresAt: epochMs })),
});
export type ServerTokensResponse = z.infer<typeof serverTokensResponse>;

const groupMemberIds = z
  .array(id)
  .max(MAX_GROUP_MEMBERS)
  .transform((list) => [...new Set(list)]);

/** `POST /api/v1/server/groups` */
export const serverGroupRequest = z.object({ name: groupName, ownerId: id, memberIds: groupMemberIds });

export const serverGroupResponse = z.object({ groupId: id, conversationId: id });
export type ServerGroupResponse = z.infer<typeof serverGroupResponse>;

/** `POST /api/v1/server/groups/:groupId/members` */
export const serverMembersRequest = z.object({ userIds: groupMemberIds });

/** One item of `POST /api/v1/server/messages`, from a user. */
export const serverMessage = sendRequest.extend({ from: id });

/** One item from the system: a notice to a user (in their `system` conversation), in a group, or to everybody. */
export const serverNotice = z.object({
  clientMessageId,
  from: z.literal(SYSTEM_SENDER),
  to: z.union([
    z.strictObject({ userId: id }),
    z.strictObject({ groupId: id }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  content: noticeContent,
});
export type ServerNotice = z.output<typeof serverNotice>;

/** What `POST /api/v1/server/messages` takes. */
export const serverMessagesBody = z.object({
  messages: z
    .array(z.union([serverMessage, serverNotice]))
    .min(1)
    .max(MAX_MESSAGES),
});

/**
 * The same, but for what is in the items: they take effect in order and each answers for itself, so that one that is
 * wrong must not refuse the others.
 */
export const serverMessagesRequest = z.object({
  messages: z
    .array(z.looseObject({ from: id }))
    .min(1)
    .max(MAX_MESSAGES),
});

/** What became of one item: as for `message:send`, or for a notice to all how many got it, or why it was refused. */
export const serverMessagesResponse = z.object({
  results: z.array(
    z.union([
      sendResponse,
      z.object({ recipients: z.int().min(0) }),
      z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
    ]),
  ),
});
export type ServerMessagesResponse = z.infer<typeof serverMessagesResponse>;
