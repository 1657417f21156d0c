import type { Unsent } from "../outbox/unsent.ts";
import { remote } from "../remote/remote.ts";
import type { Remote } from "../remote/remote.ts";
import { withChanges } from "../state/overlay.ts";
import type { MessageActions, MessageActionsContext } from "./message-actions.ts";

/**
 * Loads the actions on messages and contacts and the sending of files, so that they are there also when the network is
 * not; else they are loaded when one is needed.
 */
export function prepareActions(): void {
  const files = [import("../outbox/uploads.ts"), import("../remote/files.ts")];
  for (const part of [load(), import("../remote/contacts.ts"), ...files]) void part.catch(() => undefined);
}

/** The actions, whose code a page need not wait for to show what is stored. */
export function remoteActions({
  unsent,
  ...context
}: Pick<MessageActionsContext, "self" | "call" | "held"> & { readonly unsent: Unsent }): Remote<MessageActions> {
  const { changes, messages: outbox } = unsent;
  return remote(async () => {
    const Actions = await load();
    return new Actions({
      ...context,
      changes,
      outbox,
      withChanges: (message) => withChanges(message, changes.changes, context.self),
    });
  });
}

async function load(): Promise<typeof MessageActions> {
  return (await import("./message-actions.ts")).MessageActions;
}
