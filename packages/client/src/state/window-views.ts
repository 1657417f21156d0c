import type { ConversationId } from "@im-webapp/protocol";
import type { MessageWindow, OutgoingMessage } from "../types.ts";
import type { WindowView } from "../windows/open-window.ts";

interface Made {
  readonly view: WindowView;
  readonly window: MessageWindow;
}

const NO_OUTGOING: readonly OutgoingMessage[] = [];

/** Makes the windows as they are shown: with what is still to be sent. Identities are kept as in `ConversationViews`. */
export class WindowViews {
  #made = new Map<ConversationId, Made>();
  #windows: ReadonlyMap<ConversationId, MessageWindow> = new Map();

  windows(
    views: ReadonlyMap<ConversationId, WindowView>,
    outgoing: readonly OutgoingMessage[],
  ): ReadonlyMap<ConversationId, MessageWindow> {
    const made = new Map<ConversationId, Made>();
    let changed = views.size !== this.#made.size;
    for (const [id, view] of views) {
      const own = outgoing.filter(({ conversationId }) => conversationId === id);
      const old = this.#made.get(id);
      const unchanged = old && old.view === view && sameElements(old.window.outgoing, own);
      made.set(id, unchanged ? old : { view, window: { ...view, outgoing: own.length > 0 ? own : NO_OUTGOING } });
      if (!unchanged) changed = true;
    }
    this.#made = made;
    if (changed) this.#windows = new Map([...made].map(([id, { window }]) => [id, window]));
    return this.#windows;
  }
}

function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
