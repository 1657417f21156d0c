import type { Application, Contact, ConversationId, Me, Seq, User, UserId } from "@im-webapp/protocol";
import { isKept, withContactChanges } from "../people/contact-overlay.ts";
import type { PersonRecord } from "../people/person-record.ts";
import { toFailedChange } from "../outbox/pending-change.ts";
import type { Draft, PendingChange } from "../store/local-store.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { ClientState, ConnectionState, FailedChange, OutgoingMessage } from "../types.ts";
import type { WindowView } from "../windows/open-window.ts";
import { ConversationViews, hasUnreadDot, unreadTotal } from "./conversation-views.ts";
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
  readonly changes: readonly PendingChange[];
  readonly drafts: ReadonlyMap<ConversationId, Draft>;
  readonly users: ReadonlyMap<UserId, User>;
  readonly windows: ReadonlyMap<ConversationId, WindowView>;
  readonly typing: ClientState["typing"];
  readonly presence: ClientState["presence"];
  readonly people: ReadonlyMap<string, PersonRecord>;
  readonly limits?: ClientState["limits"];
}

const NO_CHANGES: readonly PendingChange[] = [];

type PeopleViews = Pick<ClientState, "contacts" | "applications">;

/** Computes the snapshot from the slices, keeping the identity of everything that has not changed. */
export class Projector {
  readonly #conversations = new ConversationViews();
  readonly #windows = new WindowViews();
  #state: ClientState | undefined;
  #changes: readonly PendingChange[] = [];
  #failed: readonly FailedChange[] = [];
  #people: Slices["people"] | undefined;
  #overlaid = NO_CHANGES;
  #views: PeopleViews = { contacts: new Map(), applications: new Map() };

  project(slices: Slices): ClientState {
    const { loaded, me, connection, storage, users, typing, presence, limits } = slices;
    const self = me?.userId ?? "";
    const conversations = this.#conversations.list({ ...slices, self });
    const next: ClientState = {
      loaded,
      me,
      connection: sameConnection(this.#state?.connection, connection) ?? connection,
      storage,
      conversations,
      unreadTotal: unreadTotal(conversations),
      unreadDot: hasUnreadDot(conversations),
      users,
      windows: this.#windows.windows({ ...slices, self }),
      failedChanges: this.#failedChanges(slices.changes),
      typing,
      presence,
      limits,
      ...this.#peopleViews(slices),
    };
    if (!this.#state || !shallowEqual(this.#state, next)) this.#state = next;
    return this.#state;
  }

  #peopleViews({ people, changes }: Slices): PeopleViews {
    const overlaid = changes.some((change) => "userId" in change) ? changes : NO_CHANGES;
    if (people === this.#people && overlaid === this.#overlaid) return this.#views;
    this.#people = people;
    this.#overlaid = overlaid;
    const contacts = new Map<UserId, Contact>();
    const applications = new Map<string, Application>();
    for (const { contact, application } of people.values()) {
      if (contact && isKept(contact)) contacts.set(contact.userId, contact);
      if (application) applications.set(application.applicationId, application);
    }
    this.#views = { contacts: withContactChanges(contacts, overlaid), applications };
    return this.#views;
  }

  #failedChanges(changes: readonly PendingChange[]): readonly FailedChange[] {
    if (changes === this.#changes) return this.#failed;
    this.#changes = changes;
    const before = new Map(this.#failed.map((failed) => [failed.id, failed]));
    const failed = changes.flatMap((change) => before.get(change.id) ?? toFailedChange(change) ?? []);
    const same = failed.length === this.#failed.length && failed.every((one, index) => one === this.#failed[index]);
    if (!same) this.#failed = failed;
    return this.#failed;
  }
}

function sameConnection(old: ConnectionState | undefined, next: ConnectionState): ConnectionState | undefined {
  return old && shallowEqual(old, next) ? old : undefined;
}

function shallowEqual<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
