import type { ConversationId, Me, Seq, User, UserId } from "@im-webapp/protocol";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { ClientState, ConnectionState, OutgoingMessage } from "../types.ts";
import type { WindowView } from "../windows/open-window.ts";
import { ConversationViews, unreadTotal } from "./conversation-views.ts";
import { WindowViews } from "./window-views.ts";

/** What the parts of the library hold; each value keeps its identity while it does not change. */
export interface Slices {
  readonly loaded: boolean;
  readonly me: Me | null;
  readonly connection: ConnectionState;
  readonly storage: ClientState["storage"];
  readonly records: ReadonlyMap<ConversationId, ConversationRecord>;
  readonly outgoing: readonly OutgoingMessage[];
  readonly reads: ReadonlyMap<ConversationId, Seq>;
  readonly users: ReadonlyMap<UserId, User>;
  readonly windows: ReadonlyMap<ConversationId, WindowView>;
  readonly typing: ClientState["typing"];
  readonly presence: ClientState["presence"];
}

/** Computes the snapshot from the slices, keeping the identity of everything that has not changed. */
export class Projector {
  readonly #conversations = new ConversationViews();
  readonly #windows = new WindowViews();
  #state: ClientState | undefined;

  project(slices: Slices): ClientState {
    const { loaded, me, connection, storage, users, typing, presence } = slices;
    const conversations = this.#conversations.list(slices);
    const next: ClientState = {
      loaded,
      me,
      connection: sameConnection(this.#state?.connection, connection) ?? connection,
      storage,
      conversations,
      unreadTotal: unreadTotal(conversations),
      users,
      windows: this.#windows.windows(slices.windows, slices.outgoing),
      typing,
      presence,
    };
    if (!this.#state || !shallowEqual(this.#state, next)) this.#state = next;
    return this.#state;
  }
}

function sameConnection(old: ConnectionState | undefined, next: ConnectionState): ConnectionState | undefined {
  return old && shallowEqual(old, next) ? old : undefined;
}

function shallowEqual<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
