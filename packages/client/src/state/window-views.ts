import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { PendingChange } from "../store/local-store.ts";
import type { MessageWindow, OutgoingMessage } from "../types.ts";
import type { WindowView } from "../windows/open-window.ts";
import { withChanges } from "./overlay.ts";

export interface WindowSources {
  readonly windows: ReadonlyMap<ConversationId, WindowView>;
  readonly outgoing: readonly OutgoingMessage[];
  readonly changes: readonly PendingChange[];
  readonly self: UserId;
}

interface Made {
  readonly view: WindowView;
  /** Of this conversation. */
  readonly changes: readonly PendingChange[];
  /** Messages as they are shown with their changes, by what they are made from. */
  readonly shown: ReadonlyMap<Message, Message>;
  readonly window: MessageWindow;
}

const NO_OUTGOING: readonly OutgoingMessage[] = [];
const NO_CHANGES: readonly PendingChange[] = [];
const NONE_CHANGING: ReadonlySet<Seq> = new Set();

/**
 * Makes the windows as they are shown: with what is still to be sent, and what messages are to become. Identities are
 * kept as in `ConversationViews`.
 */
export class WindowViews {
  #made = new Map<ConversationId, Made>();
  #windows: ReadonlyMap<ConversationId, MessageWindow> = new Map();

  windows({ windows: views, outgoing, changes, self }: WindowSources): ReadonlyMap<ConversationId, MessageWindow> {
    const made = new Map<ConversationId, Made>();
    let changed = views.size !== this.#made.size;
    for (const [id, view] of views) {
      const own = outgoing.filter(({ conversationId }) => conversationId === id);
      const pending = changes.filter(({ conversationId, error }) => conversationId === id && !error);
      const old = this.#made.get(id);
      const sameChanges = old !== undefined && sameElements(old.changes, pending);
      const unchanged = sameChanges && old.view === view && sameElements(old.window.outgoing, own);
      made.set(id, unchanged ? old : makeWindow(view, own, pending, self, sameChanges ? old : undefined));
      if (!unchanged) changed = true;
    }
    this.#made = made;
    if (changed) this.#windows = new Map([...made].map(([id, { window }]) => [id, window]));
    return this.#windows;
  }
}

/** `old` has the same changes. */
function makeWindow(
  view: WindowView,
  own: readonly OutgoingMessage[],
  changes: readonly PendingChange[],
  self: UserId,
  old: Made | undefined,
): Made {
  const outgoing = own.length > 0 ? own : NO_OUTGOING;
  if (changes.length === 0) {
    const window = { ...view, outgoing, changing: NONE_CHANGING };
    return { view, changes: NO_CHANGES, shown: new Map(), window };
  }
  const changed = new Set(changes.map(({ seq }) => seq));
  const shown = new Map<Message, Message>();
  const messages = view.messages.map((message) => {
    if (!changed.has(message.seq)) return message;
    const made = old?.shown.get(message) ?? withChanges(message, changes, self);
    shown.set(message, made);
    return made;
  });
  // A mark changes nothing of what the message says.
  const waiting = new Set(
    changes.flatMap(({ seq, kind, accepted }) => (accepted || kind === "pin" || kind === "star" ? [] : [seq])),
  );
  const changing = new Set([...shown.keys()].flatMap(({ seq }) => (waiting.has(seq) ? [seq] : [])));
  return { view, changes, shown, window: { ...view, messages, outgoing, changing } };
}

function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
