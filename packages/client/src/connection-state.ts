import type { ConnectionStatusView } from "./transport/connection.ts";
import type { ConnectionState } from "./types.ts";
import type { Reachability } from "./windows/open-window.ts";

/** The connection as the screen says it. */
export function connectionState(view: ConnectionStatusView, caughtUp: boolean, deviceOnline: boolean): ConnectionState {
  const { phase, failedBefore, retryAt, error } = view;
  if (phase === "ready") return { status: caughtUp ? "online" : "syncing" };
  if (!failedBefore) return { status: "connecting" };
  if (!deviceOnline) return { status: "offline", ...(error && { error }) };
  return { status: "reconnecting", ...(retryAt !== undefined && { retryAt }), ...(error && { error }) };
}

/** Whether the server can be asked: it is open until the first attempt has succeeded or failed. */
export function reachability({ phase, failedBefore }: ConnectionStatusView): Reachability {
  if (phase === "ready") return "online";
  return failedBefore ? "offline" : "pending";
}
