import { randomUUID } from "node:crypto";
import { type Row, noSession } from "../table.ts";

/** The server API takes its key and no session, whoever's it is. */
export const serverApiRows: readonly Row[] = [
  {
    route: "POST /api/v1/server/users",
    expected: noSession,
    request: () => ({ body: { users: [{ username: `new-${randomUUID().slice(0, 12)}`, displayName: "New" }] } }),
  },
  {
    route: "POST /api/v1/server/tokens",
    expected: noSession,
    request: ({ owner }) => ({
      body: { tokens: [{ userId: owner.userId, device: { deviceId: "a-device", name: "test" } }] },
    }),
  },
  {
    route: "POST /api/v1/server/groups",
    expected: noSession,
    request: ({ owner }) => ({ body: { name: "A group", ownerId: owner.userId, memberIds: [] } }),
  },
  {
    route: "POST /api/v1/server/groups/:groupId/members",
    expected: noSession,
    request: ({ groupId, stranger }) => ({ params: { groupId }, body: { userIds: [stranger.userId] } }),
  },
  {
    route: "POST /api/v1/server/messages",
    expected: noSession,
    request: ({ groupId }) => ({
      body: {
        messages: [
          {
            clientMessageId: randomUUID(),
            from: "system",
            to: { groupId },
            content: { kind: "text", text: "notice" },
          },
        ],
      },
    }),
  },
];
