import { z } from "zod";
import { application, applicationsResponse, applyRequest, listApplicationsRequest } from "./application.ts";
import { loginRequest, registerRequest, sessionResponse } from "./auth.ts";
import {
  addMembersRequest,
  createGroupRequest,
  group,
  listMembersRequest,
  lookupMembersRequest,
  lookupMembersResponse,
  member,
  membersResponse,
  membershipResponse,
  readAnnouncementRequest,
  transferGroupRequest,
  updateGroupRequest,
  updateMemberRequest,
} from "./group.ts";
import { editsResponse, listEditsRequest, listStarsRequest, pinsResponse, starsResponse } from "./marks.ts";
import { blockRequest, contact, contactsResponse, listContactsRequest, updateContactRequest } from "./contact.ts";
import { FILE_ROUTES } from "./file-routes.ts";
import { JOINING_ROUTES } from "./joining-routes.ts";
import { MAIL_ROUTES } from "./mail-routes.ts";
import { PORTRAIT_ROUTES } from "./portrait-routes.ts";
import type { Route } from "./route.ts";
import { PUSH_ROUTES } from "./push-routes.ts";
import { SEARCH_ROUTES } from "./search-routes.ts";
import { SECURITY_ROUTES } from "./security-routes.ts";
import { SERVER_ROUTES } from "./server-routes.ts";
import { findUsersRequest, lookupUsersRequest, me, updateMeRequest, user, usersResponse } from "./user.ts";

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
    summary:
      "Changes the profile and settings of the signed-in user. `hidePresence`: look offline to all, and see nobody's last time. `CONFLICT` when the phone number is another's.",
    body: updateMeRequest,
    response: me,
  },
  ...SECURITY_ROUTES,
  ...PORTRAIT_ROUTES,
  ...FILE_ROUTES,
  ...PUSH_ROUTES,
  ...MAIL_ROUTES,
  {
    method: "GET",
    path: "/api/v1/users",
    signedIn: true,
    summary:
      "Finds people by the start of a username or display name, or by a whole phone number, as each lets themself be found.",
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
    summary:
      "Makes a group; the caller becomes its owner and a member. A repeat of `clientGroupId` makes no second one.",
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
    method: "PATCH",
    path: "/api/v1/groups/:groupId",
    signedIn: true,
    summary: "Changes a group's name, description, announcement and settings; for its admins.",
    body: updateGroupRequest,
    response: group,
  },
  {
    method: "DELETE",
    path: "/api/v1/groups/:groupId",
    signedIn: true,
    summary: "Dissolves a group, for its owner: everybody has left it then, and may still read what was said.",
    response: group,
  },
  {
    method: "POST",
    path: "/api/v1/groups/:groupId/transfer",
    signedIn: true,
    summary: "Makes another member the owner; who owned the group stays as an admin.",
    body: transferGroupRequest,
    response: group,
  },
  {
    method: "PUT",
    path: "/api/v1/groups/:groupId/announcement/read",
    signedIn: true,
    summary: "Notes on all devices of the caller that they have read the announcement of this time.",
    body: readAnnouncementRequest,
    response: z.object({}),
  },
  {
    method: "GET",
    path: "/api/v1/groups/:groupId/members",
    signedIn: true,
    summary: "Members at present, in pages: the owner, admins, then the others; or those whom `query` finds.",
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
    method: "POST",
    path: "/api/v1/groups/:groupId/members/lookup",
    signedIn: true,
    summary: "Members by id, such as the senders of the messages on a screen.",
    body: lookupMembersRequest,
    response: lookupMembersResponse,
  },
  {
    method: "PATCH",
    path: "/api/v1/groups/:groupId/members/:userId",
    signedIn: true,
    summary: "Changes a member's role (for the owner), alias (one's own, or for admins) or muting (for admins).",
    body: updateMemberRequest,
    response: member,
  },
  {
    method: "DELETE",
    path: "/api/v1/groups/:groupId/members/:userId",
    signedIn: true,
    summary: "Removes a member of lower role, or the caller, who then leaves.",
    response: membershipResponse,
  },
  ...JOINING_ROUTES,
  {
    method: "GET",
    path: "/api/v1/conversations/:conversationId/pins",
    signedIn: true,
    summary: "The pinned messages of a conversation that the caller may see, in the order in which they were pinned.",
    response: pinsResponse,
  },
  {
    method: "GET",
    path: "/api/v1/conversations/:conversationId/messages/:seq/edits",
    signedIn: true,
    summary: "What an edited message said before, the newest first. A recalled message has none.",
    query: listEditsRequest,
    response: editsResponse,
  },
  {
    method: "GET",
    path: "/api/v1/stars",
    signedIn: true,
    summary: "Messages that the caller has starred, the last starred first.",
    query: listStarsRequest,
    response: starsResponse,
  },
  ...SEARCH_ROUTES,
  ...SERVER_ROUTES,
];
