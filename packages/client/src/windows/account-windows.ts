import type { Message } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { Unsent } from "../outbox/unsent.ts";
import type { AccountStore } from "../store/local-store.ts";
import type { TimelineStore } from "../sync/timeline-store.ts";
import type { Call } from "../transport/link.ts";
import type { Directory } from "../users/directory.ts";
import { ShownNames } from "../users/shown-names.ts";
import { PageReader } from "./page-reader.ts";
import { Windows } from "./windows.ts";

export interface AccountWindowsContext {
  readonly store: AccountStore;
  readonly tasks: TaskGroup;
  readonly call: Call;
  readonly timeline: TimelineStore;
  readonly directory: Directory;
  readonly unsent: Unsent;
  /** A page has been cached. */
  readonly cached: (messages: readonly Message[]) => void;
  readonly changed: () => void;
}

/** The windows of an account, wired to what they read and to what follows what they show. */
export function accountWindows(context: AccountWindowsContext): Windows {
  const { store, tasks, call, timeline, directory, unsent, cached, changed } = context;
  const names = new ShownNames(directory);
  const windows = new Windows(
    {
      store,
      reader: new PageReader({
        timeline,
        history: (request) => call("history:pull", request),
        cached: (messages) => {
          cached(messages);
          unsent.shown(messages);
        },
      }),
      lastSeq: (id) => timeline.conversations.get(id)?.conversation.lastSeq,
    },
    tasks,
    () => {
      names.want(windows.views);
      unsent.changes.look((id) => windows.views.get(id)?.messages ?? []);
      changed();
    },
  );
  return windows;
}
