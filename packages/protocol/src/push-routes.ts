import { z } from "zod";
import { pushRequest, pushSettings } from "./push.ts";
import type { Route } from "./route.ts";

/** Notifications for devices on which no page is open. */
export const PUSH_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/me/push",
    signedIn: true,
    summary: "The key that names this server to push services (VAPID), and what this device has asked for.",
    response: pushSettings,
  },
  {
    method: "PUT",
    path: "/api/v1/me/push",
    signedIn: true,
    summary:
      "Has this device notified by Web Push of what its user has not read anywhere within seconds, until its session ends. `FORBIDDEN` for a push service that this server does not know.",
    body: pushRequest,
    response: pushSettings,
  },
  {
    method: "DELETE",
    path: "/api/v1/me/push",
    signedIn: true,
    summary: "No notifications for this device any more.",
    response: z.object({}),
  },
];
