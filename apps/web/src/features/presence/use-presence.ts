import type { Presence } from "@im-webapp/client";
import type { UserId } from "@im-webapp/protocol";
import { useEffect } from "react";
import { useClient, useClientState } from "@im-webapp/react";

/** Whether somebody is online, kept true while the component is on the screen; undefined while it is not known. */
export function usePresence(userId: UserId | undefined): Presence | undefined {
  const client = useClient();
  useEffect(() => (userId === undefined ? undefined : client.watchPresence([userId])), [client, userId]);
  return useClientState((state) => (userId === undefined ? undefined : state.presence.get(userId)));
}
