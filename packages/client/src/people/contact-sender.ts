import type { ChangeResponse, Contact } from "@im-webapp/protocol";
import { unavailable } from "../errors.ts";
import type { Api } from "../transport/api.ts";
import type { ContactChange } from "../types.ts";
import { personRecord } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

/** How long an entry is waited for, in milliseconds: a lost push is noticed and made up for within that time. */
const ENTRY_WAIT_MS = 3_000;

export interface ContactSenderContext {
  readonly api: Pick<Api, "send">;
  /** What is held of people now. */
  readonly people: () => ReadonlyMap<string, PersonRecord>;
  /** Has the timeline asked for this, should the entry not come by itself. */
  readonly expect: (record: PersonRecord) => void;
}

/** Tells the server what is changed of contacts, one change at a time for each of them. */
export class ContactSender {
  readonly #context: ContactSenderContext;
  readonly #waiters = new Set<() => void>();

  constructor(context: ContactSenderContext) {
    this.#context = context;
  }

  /**
   * Sends a change, and resolves once the timeline shows what has become of it: nothing older is shown in between.
   * Rejects with the server's refusal; and with `UNAVAILABLE` when the entry has not come after some seconds, as when the
   * connection was lost before. What is sent again then changes nothing.
   */
  async send(change: ContactChange): Promise<ChangeResponse> {
    const { api, people, expect } = this.#context;
    const held = () => people().get(keyOf(change));
    const before = held();
    const record = personRecord({ contact: await api.send<Contact>(requestOf(change)) });
    // Any entry since then will do: either it is this one's, or this one's is about to come.
    const isShown = () => held() !== before || isSame(before, record);
    if (!isShown()) {
      expect(record);
      await this.#until(isShown);
    }
    return { version: 0 };
  }

  /** An entry has told of somebody. */
  heard(): void {
    for (const look of this.#waiters) look();
  }

  #until(isShown: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!isShown()) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        reject(unavailable("timeout", "The change of a contact has not come back"));
      }, ENTRY_WAIT_MS);
      this.#waiters.add(look);
    });
  }
}

function keyOf({ userId }: ContactChange): string {
  return personRecord({ contact: { userId, favourite: false, blocked: false } }).key;
}

function requestOf(change: ContactChange): Parameters<Api["send"]>[0] {
  const { userId } = change;
  const contact = `/contacts/${encodeURIComponent(userId)}`;
  switch (change.kind) {
    case "alias":
      return { method: "PATCH", path: contact, body: { alias: change.alias } };
    case "favourite":
      return { method: "PATCH", path: contact, body: { favourite: change.on } };
    case "unfriend":
      return { method: "DELETE", path: contact };
    case "block":
      return change.on
        ? { method: "POST", path: "/blocks", body: { userId } }
        : { method: "DELETE", path: `/blocks/${encodeURIComponent(userId)}` };
  }
}

/** Whether the server's answer is what is held already, as of a change that changed nothing. */
function isSame(held: PersonRecord | undefined, { contact }: PersonRecord): boolean {
  const before: Partial<Contact> = held?.contact ?? { favourite: false, blocked: false };
  return (["since", "alias", "favourite", "blocked"] as const).every((field) => before[field] === contact?.[field]);
}
