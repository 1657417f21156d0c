import { unavailable } from "./errors.ts";
import type { Signals } from "./platform/signals.ts";
import type { SyncEngine } from "./sync/sync-engine.ts";
import type { Connection } from "./transport/connection.ts";

export interface DeviceFollower {
  readonly signals: Signals;
  readonly connection: Connection;
  readonly engine: SyncEngine;
  /** Skips the wait before the next attempt to connect, in all tabs. */
  readonly reconnectNow: () => void;
  /** What is shown of the connection may have changed. */
  readonly changed: () => void;
}

/** Lets the connection follow what the device tells of its network and of its user. Returns the end of it. */
export function followDevice({ signals, connection, engine, reconnectNow, changed }: DeviceFollower): () => void {
  return signals.subscribe({
    focused: () => {
      reconnectNow();
      engine.focused();
    },
    networkChanged: () => {
      if (signals.online()) {
        reconnectNow();
        // A connection made over the network before may be dead, which shows when it is used.
        engine.pull();
      } else {
        connection.restart(unavailable("network", "The device has no network"));
      }
      changed();
    },
    woke: () => {
      connection.restart(unavailable("network", "The device was asleep"));
      connection.reconnectNow();
    },
  });
}
