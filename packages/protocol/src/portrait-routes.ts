import { z } from "zod";
import { group } from "./group.ts";
import type { Route } from "./route.ts";
import { me, portraitImage } from "./user.ts";

/** Portraits of people and pictures of groups: changing one's own or a group's, and showing any. */
export const PORTRAIT_ROUTES: readonly Route[] = [
  {
    method: "PUT",
    path: "/api/v1/me/avatar",
    signedIn: true,
    summary:
      "Makes the portrait of the signed-in user of an image: its middle, 256 × 256, without what the image says of place and camera. The body is the image itself; what it is, is told by its bytes.",
    body: portraitImage,
    response: me,
  },
  {
    method: "DELETE",
    path: "/api/v1/me/avatar",
    signedIn: true,
    summary: "Removes the portrait of the signed-in user.",
    response: me,
  },
  {
    method: "PUT",
    path: "/api/v1/groups/:groupId/avatar",
    signedIn: true,
    summary:
      "Makes the picture of a group of an image, as a portrait is made. The body is the image itself. For the owner and admins.",
    body: portraitImage,
    response: group,
  },
  {
    method: "DELETE",
    path: "/api/v1/groups/:groupId/avatar",
    signedIn: true,
    summary: "Removes the picture of a group: a mosaic of its members stands for it. For the owner and admins.",
    response: group,
  },
  {
    method: "GET",
    path: "/api/v1/portraits/:portraitId",
    signedIn: false,
    summary: "A portrait, at the address that an `avatar` names. Never changes, so a client may keep it for ever.",
    response: z.file().mime("image/webp"),
  },
];
