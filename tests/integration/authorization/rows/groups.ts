import sharp from "sharp";
import { type Row, admins, everybody, members, owners } from "../table.ts";

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#0a0" } })
    .png()
    .toBuffer();

/** Groups and who is in them. */
export const groupRows: readonly Row[] = [
  {
    route: "POST /api/v1/groups",
    expected: everybody,
    request: ({ stranger }) => ({ body: { name: "Another", memberIds: [stranger.userId] } }),
  },
  {
    route: "GET /api/v1/groups/:groupId",
    expected: members,
    request: ({ groupId }) => ({ params: { groupId } }),
  },
  {
    route: "GET /api/v1/groups/:groupId/members",
    expected: members,
    request: ({ groupId }) => ({ params: { groupId } }),
  },
  {
    route: "POST /api/v1/groups/:groupId/members",
    expected: members,
    request: ({ groupId, stranger }) => ({ params: { groupId }, body: { userIds: [stranger.userId] } }),
  },
  {
    route: "DELETE /api/v1/groups/:groupId/members/:userId",
    when: "another member",
    expected: admins,
    request: ({ groupId, other }) => ({ params: { groupId, userId: other.userId } }),
  },
  {
    route: "DELETE /api/v1/groups/:groupId/members/:userId",
    when: "oneself",
    expected: members,
    request: ({ groupId, caller }) => ({ params: { groupId, userId: caller.userId } }),
  },
  {
    route: "PATCH /api/v1/groups/:groupId",
    expected: admins,
    request: ({ groupId }) => ({ params: { groupId }, body: { name: "Another name", mutedAll: true } }),
  },
  { route: "DELETE /api/v1/groups/:groupId", expected: owners, request: ({ groupId }) => ({ params: { groupId } }) },
  {
    route: "PUT /api/v1/groups/:groupId/avatar",
    expected: admins,
    request: async ({ groupId }) => ({ params: { groupId }, body: await picture() }),
  },
  {
    route: "DELETE /api/v1/groups/:groupId/avatar",
    expected: admins,
    request: ({ groupId }) => ({ params: { groupId } }),
  },
  {
    route: "POST /api/v1/groups/:groupId/transfer",
    expected: owners,
    request: ({ groupId, other }) => ({ params: { groupId }, body: { userId: other.userId } }),
  },
  {
    route: "PUT /api/v1/groups/:groupId/announcement/read",
    expected: members,
    request: ({ groupId }) => ({ params: { groupId }, body: { at: 1 } }),
  },
  {
    route: "POST /api/v1/groups/:groupId/members/lookup",
    expected: members,
    request: ({ groupId, other }) => ({ params: { groupId }, body: { userIds: [other.userId] } }),
  },
  {
    route: "PATCH /api/v1/groups/:groupId/members/:userId",
    when: "one's own alias",
    expected: members,
    request: ({ groupId, caller }) => ({ params: { groupId, userId: caller.userId }, body: { alias: "Me" } }),
  },
  {
    route: "PATCH /api/v1/groups/:groupId/members/:userId",
    when: "another's alias",
    expected: admins,
    request: ({ groupId, other }) => ({ params: { groupId, userId: other.userId }, body: { alias: "You" } }),
  },
  {
    route: "PATCH /api/v1/groups/:groupId/members/:userId",
    when: "another's muting",
    expected: admins,
    request: ({ groupId, other }) => ({
      params: { groupId, userId: other.userId },
      body: { mutedUntil: Date.now() + 60_000 },
    }),
  },
  {
    route: "PATCH /api/v1/groups/:groupId/members/:userId",
    when: "another's role",
    expected: owners,
    request: ({ groupId, other }) => ({ params: { groupId, userId: other.userId }, body: { role: 1 } }),
  },
];
