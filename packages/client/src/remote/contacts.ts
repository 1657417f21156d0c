import type { Application, UpdateContactRequest, UserId } from "@im-webapp/protocol";
import { toImError } from "../errors.ts";
import { newChange } from "../outbox/pending-change.ts";
import { personRecord } from "../people/person-record.ts";
import { placeholderFor } from "../placeholder.ts";
import type { ContactChange } from "../types.ts";
import type { RemoteContext } from "./remote.ts";

/**
 * Contacts, applications and blocks; what a call changes is in the state, on all of the user's devices.
 *
 * Applying and answering need the server, and reject with an `ImError`. The others are shown at once. Without a
 * connection they resolve once they are stored on this device, and reach the server when they can, in the order made.
 * With one, they resolve once the server has them or the connection is lost before; they reject with what it refuses
 * for good. A refusal that comes later is told in `state.failedChanges`.
 */
export class ContactCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * Applies to be somebody's contact, with a greeting of at most `MAX_GREETING_LENGTH` (200) characters. One that is
   * pending stays as it is; to somebody who has applied to the user it accepts. `CONFLICT` for a contact and for somebody
   * whom the user blocks, `RATE_LIMITED` for a day after a refusal.
   */
  async apply(userId: UserId, greeting = ""): Promise<Application> {
    return this.#application("/applications", { type: "friend", target: userId, description: greeting });
  }

  /** Accepts an application. `CONFLICT` when it was refused, has expired, or its applicant is blocked. */
  async accept(applicationId: string): Promise<Application> {
    return this.#application(`/applications/${encodeURIComponent(applicationId)}/accept`, {});
  }

  /** Refuses an application. `CONFLICT` when it was accepted or has expired. */
  async refuse(applicationId: string): Promise<Application> {
    return this.#application(`/applications/${encodeURIComponent(applicationId)}/refuse`, {});
  }

  /** Changes how a contact is kept: `alias` of 1–64 characters, or empty for none, and `favourite`. `NOT_FOUND` for none. */
  async update(userId: UserId, { alias, favourite }: UpdateContactRequest): Promise<void> {
    const changes: Promise<void>[] = [];
    if (alias !== undefined) changes.push(this.#change({ kind: "alias", userId, alias }));
    if (favourite !== undefined) changes.push(this.#change({ kind: "favourite", userId, on: favourite }));
    await Promise.all(changes);
  }

  /** Ends the contact, for both. */
  async remove(userId: UserId): Promise<void> {
    await this.#change({ kind: "unfriend", userId });
  }

  /** Takes no direct messages from somebody any more; they are not told. */
  async block(userId: UserId): Promise<void> {
    await this.#change({ kind: "block", userId, on: true });
  }

  /** Ends a block. */
  async unblock(userId: UserId): Promise<void> {
    await this.#change({ kind: "block", userId, on: false });
  }

  async #application(path: string, body: unknown): Promise<Application> {
    const account = this.#context.account();
    const application = await this.#context.send<Application>({ method: "POST", path, body });
    account.expectPerson(personRecord({ application }));
    return application;
  }

  async #change(change: ContactChange): Promise<void> {
    const { changes } = this.#context.account().unsent;
    const message = { conversationId: placeholderFor(change.userId), seq: 0 };
    const pending = newChange(message, change);
    try {
      await changes.add(pending);
    } catch (error) {
      // Whoever waits is told by this.
      await changes.dismiss(pending.id);
      throw toImError(error);
    }
  }
}
