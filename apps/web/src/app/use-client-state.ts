import type { ClientState } from "@im-webapp/client";
import { useCallback, useSyncExternalStore } from "react";
import { useClient } from "./client-context.ts";

/**
 * What the selector takes from the client's state; the component renders again only when it changes. The selector must
 * give the same (`Object.is`) value for the same state: pick, don't build.
 */
export function useClientState<T>(selector: (state: ClientState) => T): T {
  const client = useClient();
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client]);
  return useSyncExternalStore(subscribe, () => selector(client.getState()));
}
