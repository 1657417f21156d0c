import { z } from "zod";
import { application, applicationsResponse, applyRequest, listApplicationsRequest } from "./application.ts";
import { loginRequest, registerRequest, sessionResponse } from "./auth.ts";
import {
  addMembersRequest,
  createGroupRequest,
  group,
  listMembersRequest,
  membersResponse,
  membershipResponse,
} from "./group.ts";
import { blockRequest, contact, contactsResponse, listContactsRequest, updateContactRequest } from "./contact.ts";
import {
  acceptInvitationRequest,
  createInvitationRequest,
  groupCardResponse,
  invitation,
  invitationCard,
  invitationsResponse,
  listInvitationsRequest,
} from "./invitation.ts";
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
import { findUsersRequest, lookupUsersRequest, me, updateMeRequest, user, usersResponse } from "./user.ts";

/** One REST call. `query` travels in the address, `body` as JSON. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** Whether it needs `Authorization: Bearer <token>`. */
  readonly signedIn: boolean;
  /** Whether it is of the server API, which needs `Authorization: Bearer <server key>`. */
  readonly serverKey?: true;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

/** Every REST call under `/api/v1`, in the order of the reference. */
export const ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/auth/register",
    signedIn: false,
    summary: "Makes an account and signs its first device in. `CONFLICT` names the field that is taken.",
    body: registerRequest,
    response: sessionResponse,
  },
  {
    method: "POST",
    path: "/api/v1/auth/login",
    signedIn: false,
    summary: "Signs a device in, by username or phone. A wrong name and a wrong password answer alike.",
    body: loginRequest,
    response: sessionResponse,
  },
  {
    method: "POST",
    path: "/api/v1/auth/logout",
    signedIn: true,
    summary: "Ends this device's session; its sockets hear `session:revoked` and close.",
    response: z.object({}),
  },
  {
    method: "GET",
    path: "/api/v1/me",
    signedIn: true,
    summary: "The signed-in user.",
    response: me,
  },
  {
    method: "PATCH",
    path: "/api/v1/me",
    signedIn: true,
    summary: "Changes settings of the signed-in user. `hidePresence`: look offline to all, and see nobody's last time.",
    body: updateMeRequest,
    response: me,
  },
  {
    method: "GET",
    path: "/api/v1/users",
    signedIn: true,
    summary: "Finds people by the start of a username or display name, or by a whole phone number.",
    query: findUsersRequest,
    response: usersResponse,
  },
  {
    method: "POST",
    path: "/api/v1/users/lookup",
    signedIn: true,
    summary: "Users by id; those that do not exist are left out.",
    body: lookupUsersRequest,
    response: usersResponse,
  },
  {
    method: "GET",
    path: "/api/v1/users/:userId",
    signedIn: true,
    summary: "One user.",
    response: user,
  },
  {
    method: "GET",
    path: "/api/v1/contacts",
    signedIn: true,
    summary: "The caller's contacts, by user id, in pages.",
    query: listContactsRequest,
    response: contactsResponse,
  },
  {
    method: "PATCH",
    path: "/api/v1/contacts/:userId",
    signedIn: true,
    summary: "Changes how the caller keeps a contact. `NOT_FOUND` for somebody who is none.",
    body: updateContactRequest,
    response: contact,
  },
  {
    method: "DELETE",
    path: "/api/v1/contacts/:userId",
    signedIn: true,
    summary: "Ends the contact for both sides; aliases go with it. Whoever is no contact stays none.",
    response: contact,
  },
  {
    method: "GET",
    path: "/api/v1/blocks",
    signedIn: true,
    summary: "Those whom the caller blocks, by user id, in pages.",
    query: listContactsRequest,
    response: contactsResponse,
  },
  {
    method: "POST",
    path: "/api/v1/blocks",
    signedIn: true,
    summary:
      "Takes no direct messages and no typing from a user any more, shows them no presence, and withholds their later applications. They are not told.",
    body: blockRequest,
    response: contact,
  },
  {
    method: "DELETE",
    path: "/api/v1/blocks/:userId",
    signedIn: true,
    summary: "Ends a block.",
    response: contact,
  },
  {
    method: "GET",
    path: "/api/v1/applications",
    signedIn: true,
    summary: "Applications that the caller has made or may answer, changed last first, in pages.",
    query: listApplicationsRequest,
    response: applicationsResponse,
  },
  {
    method: "POST",
    path: "/api/v1/applications",
    signedIn: true,
    summary:
      "Applies to be somebody's contact, or a group's member. One that is pending stays as it is; to somebody who has applied to the caller, and to an open group, it accepts. `CONFLICT` for a contact and for somebody whom the caller blocks, `FORBIDDEN` for a group that takes nobody this way, `RATE_LIMITED` for a day after a refusal.",
    body: applyRequest,
    response: application,
  },
  {
    method: "DELETE",
    path: "/api/v1/applications/:applicationId",
    signedIn: true,
    summary: "Takes the caller's own application back. `CONFLICT` when it was answered.",
    response: application,
  },
  {
    method: "POST",
    path: "/api/v1/applications/:applicationId/accept",
    signedIn: true,
    summary:
      "Accepts an application made to the caller, or to a group of which they are an admin. `CONFLICT` when it was refused or has expired.",
    response: application,
  },
  {
    method: "POST",
    path: "/api/v1/applications/:applicationId/refuse",
    signedIn: true,
    summary:
      "Refuses an application made to the caller, or to a group of which they are an admin. `CONFLICT` when it was accepted or has expired.",
    response: application,
  },
  {
    method: "POST",
    path: "/api/v1/groups",
    signedIn: true,
    summary: "Makes a group; the caller becomes its owner and a member.",
    body: createGroupRequest,
    response: group,
  },
  {
    method: "GET",
    path: "/api/v1/groups/:groupId",
    signedIn: true,
    summary: "A group that the caller is a member of.",
    response: group,
  },
  {
    method: "GET",
    path: "/api/v1/groups/:groupId/members",
    signedIn: true,
    summary: "Members at present, in pages.",
    query: listMembersRequest,
    response: membersResponse,
  },
  {
    method: "POST",
    path: "/api/v1/groups/:groupId/members",
    signedIn: true,
    summary: "Adds members; those who are in already are left as they are.",
    body: addMembersRequest,
    response: membershipResponse,
  },
  {
    method: "DELETE",
    path: "/api/v1/groups/:groupId/members/:userId",
    signedIn: true,
    summary: "Removes a member of lower role, or the caller, who then leaves.",
    response: membershipResponse,
  },
  {
    method: "GET",
    path: "/api/v1/groups/:groupId/card",
    signedIn: true,
    summary:
      "What anyone sees of a group that people may ask to join. `NOT_FOUND` to outsiders of one that takes nobody that way.",
    response: groupCardResponse,
  },
  {
    method: "POST",
    path: "/api/v1/groups/:groupId/invitations",
    signedIn: true,
    summary: "Makes a link into a group, by the right of the caller to add or to propose people.",
    body: createInvitationRequest,
    response: invitation,
  },
  {
    method: "GET",
    path: "/api/v1/groups/:groupId/invitations",
    signedIn: true,
    summary:
      "Links that nobody has revoked, newest first, in pages: an admin sees all of the group's, a member their own.",
    query: listInvitationsRequest,
    response: invitationsResponse,
  },
  {
    method: "DELETE",
    path: "/api/v1/groups/:groupId/invitations/:token",
    signedIn: true,
    summary: "Ends a link, for its maker and admins.",
    response: z.object({}),
  },
  {
    method: "GET",
    path: "/api/v1/invitations/:token",
    signedIn: true,
    summary: "Where a link leads and whether it still does.",
    response: invitationCard,
  },
  {
    method: "POST",
    path: "/api/v1/invitations/:token/accept",
    signedIn: true,
    body: acceptInvitationRequest,
    summary:
      "Comes in by a link; whoever is in already stays and uses nothing up. `FORBIDDEN` with `details.state` when it is expired, revoked or full.",
    response: invitationCard,
  },
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
