import { remote } from "../remote/remote.ts";
import type { Remote } from "../remote/remote.ts";
import { withChanges } from "../state/overlay.ts";
import type { MessageActions, MessageActionsContext } from "./message-actions.ts";

/** Loads the actions, so that they are there also when the network is not; else they are loaded when one is needed. */
export function prepareActions(): void {
  void load().catch(() => undefined);
}

/** The actions, whose code a page need not wait for to show what is stored. */
export function remoteActions(context: Omit<MessageActionsContext, "withChanges">): Remote<MessageActions> {
  const { changes, self } = context;
  return remote(async () => {
    const Actions = await load();
    return new Actions({ ...context, withChanges: (message) => withChanges(message, changes.changes, self) });
  });
}

async function load(): Promise<typeof MessageActions> {
  return (await import("./message-actions.ts")).MessageActions;
}
