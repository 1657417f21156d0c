import { z } from "zod";
import {
  serverGroupRequest,
  serverGroupResponse,
  serverMembersRequest,
  serverMessagesBody,
  serverMessagesResponse,
  serverTokensRequest,
  serverTokensResponse,
  serverUsersRequest,
  serverUsersResponse,
} from "./server-api.ts";
import type { Route } from "./route.ts";

/** The REST calls of the server API. */
export const SERVER_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/server/users",
    signedIn: false,
    serverKey: true,
    summary: "Makes those of the users that do not exist by their username; all or none of them.",
    body: serverUsersRequest,
    response: serverUsersResponse,
  },
  {
    method: "POST",
    path: "/api/v1/server/tokens",
    signedIn: false,
    serverKey: true,
    summary: "Signs devices in without a password. An earlier session of the same device ends.",
    body: serverTokensRequest,
    response: serverTokensResponse,
  },
  {
    method: "POST",
    path: "/api/v1/server/groups",
    signedIn: false,
    serverKey: true,
    summary: "Makes a group for its owner.",
    body: serverGroupRequest,
    response: serverGroupResponse,
  },
  {
    method: "POST",
    path: "/api/v1/server/groups/:groupId/members",
    signedIn: false,
    serverKey: true,
    summary: "Adds members; those who are in already are left as they are.",
    body: serverMembersRequest,
    response: z.object({}),
  },
  {
    method: "POST",
    path: "/api/v1/server/messages",
    signedIn: false,
    serverKey: true,
    summary: "Sends messages of users and notices of the system, in their order. Each item answers for itself.",
    body: serverMessagesBody,
    response: serverMessagesResponse,
  },
];
