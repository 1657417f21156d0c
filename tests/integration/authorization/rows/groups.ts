import { type Row, admins, everybody, members } from "../table.ts";

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
];
