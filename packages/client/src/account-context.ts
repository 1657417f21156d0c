import type { Me, WireError } from "@im-webapp/protocol";
import type { TaskGroup } from "./async/task-group.ts";
import type { CacheBounds } from "./cache/bounds.ts";
import type { Signals } from "./platform/signals.ts";
import type { AccountStore } from "./store/local-store.ts";
import type { Api } from "./transport/api.ts";
import type { Tabs } from "./tabs/tabs.ts";

/** What one user's account needs of the program around it. */
export interface AccountContext {
  readonly me: Me;
  readonly store: AccountStore;
  /** Of the cache of messages. */
  readonly cache: CacheBounds;
  readonly api: Pick<Api, "lookupUsers" | "send" | "origin" | "token">;
  /** Other tabs that have the same session and store. */
  readonly tabs: Tabs;
  readonly signals: Signals;
  readonly tasks: TaskGroup;
  readonly changed: () => void;
  /** Asks for the signed-in user anew, and hands the answer to `own.use`. */
  readonly refreshMe: () => void;
  readonly signedOut: (error: WireError) => void;
  readonly fault: (error: unknown) => void;
}
