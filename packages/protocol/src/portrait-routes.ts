import { z } from "zod";
import type { Route } from "./route.ts";
import { me, portraitImage } from "./user.ts";

/** Portraits of people: changing one's own, and showing any. */
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
    method: "GET",
    path: "/api/v1/portraits/:portraitId",
    signedIn: false,
    summary: "A portrait, at the address that an `avatar` names. Never changes, so a client may keep it for ever.",
    response: z.file().mime("image/webp"),
  },
];
