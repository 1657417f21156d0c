import { z } from "zod";
import {
  acceptInvitationRequest,
  createInvitationRequest,
  groupCardResponse,
  invitation,
  invitationCard,
  invitationsResponse,
  listInvitationsRequest,
} from "./invitation.ts";
import type { Route } from "./route.ts";

/** The REST calls about links into groups, and about groups that people may ask to join. */
export const JOINING_ROUTES: readonly Route[] = [
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
];
