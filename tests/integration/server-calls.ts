import { randomUUID } from "node:crypto";
import {
  type ServerGroupResponse,
  type ServerMessagesResponse,
  type ServerTokensResponse,
  type ServerUsersResponse,
  serverGroupResponse,
  serverMessagesResponse,
  serverTokensResponse,
  serverUsersResponse,
} from "@im-webapp/protocol";
import { restOk } from "../support/rest.ts";

/** One item of `POST /api/v1/server/messages`; without a `clientMessageId` it gets a fresh one. */
interface Item {
  readonly clientMessageId?: string;
  readonly from: string;
  readonly to: object;
  readonly content: unknown;
}

/** The server API as the embedding program sees it; every answer is held to its schema. */
export function serverApi(url: string, key: string) {
  const post = (path: string, body: unknown) =>
    restOk<unknown>(url, "POST", `/api/v1/server/${path}`, { token: key, body });
  return {
    async createUsers(usernames: readonly string[]): Promise<ServerUsersResponse> {
      const users = usernames.map((username) => ({ username, displayName: `The ${username}` }));
      return serverUsersResponse.strict().parse(await post("users", { users }));
    },
    async createTokens(devices: readonly { userId: string; deviceId: string }[]): Promise<ServerTokensResponse> {
      const tokens = devices.map(({ userId, deviceId }) => ({ userId, device: { deviceId, name: "test" } }));
      return serverTokensResponse.strict().parse(await post("tokens", { tokens }));
    },
    async createGroup(name: string, ownerId: string, memberIds: readonly string[]): Promise<ServerGroupResponse> {
      return serverGroupResponse.strict().parse(await post("groups", { name, ownerId, memberIds }));
    },
    async addMembers(groupId: string, userIds: readonly string[]): Promise<void> {
      await post(`groups/${groupId}/members`, { userIds });
    },
    async send(items: readonly Item[]): Promise<ServerMessagesResponse> {
      const messages = items.map((item) => ({ clientMessageId: randomUUID(), ...item }));
      return serverMessagesResponse.strict().parse(await post("messages", { messages }));
    },
  };
}
