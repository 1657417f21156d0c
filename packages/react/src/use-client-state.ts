import type { ClientState } from "@im-webapp/client";
import { useCallback, useRef, useSyncExternalStore } from "react";
import { useClient } from "./client-context.ts";

/**
 * What the selector takes from the client's state; the component renders again only when that changes.
 *
 * @param selector picks a part of the state, or builds something from it; then give `equal`, too
 * @param equal whether two selected values are the same to the component; default `Object.is`
 */
export function useClientState<T>(selector: (state: ClientState) => T, equal: (a: T, b: T) => boolean = Object.is): T {
  const client = useClient();
  const selected = useRef<{ readonly value: T } | null>(null);
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client]);
  const getSnapshot = (): T => {
    const value = selector(client.getState());
    // React asks again and again, and must be given the same value while nothing has changed.
    if (!selected.current || !equal(selected.current.value, value)) selected.current = { value };
    return selected.current.value;
  };
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
