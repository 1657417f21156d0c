import type { Application, Contact, UpdateContactRequest, UserId } from "@im-webapp/protocol";
import { personRecord } from "../people/person-record.ts";
import type { RemoteContext } from "./remote.ts";

/**
 * Contacts, applications and blocks. Every call needs the server, and rejects with an `ImError`; what it changes is in
 * the state a moment later, on all of the user's devices.
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
  async update(userId: UserId, change: UpdateContactRequest): Promise<Contact> {
    return this.#contact("PATCH", `/contacts/${encodeURIComponent(userId)}`, change);
  }

  /** Ends the contact, for both. */
  async remove(userId: UserId): Promise<Contact> {
    return this.#contact("DELETE", `/contacts/${encodeURIComponent(userId)}`);
  }

  /** Takes no direct messages from somebody any more; they are not told. */
  async block(userId: UserId): Promise<Contact> {
    return this.#contact("POST", "/blocks", { userId });
  }

  /** Ends a block. */
  async unblock(userId: UserId): Promise<Contact> {
    return this.#contact("DELETE", `/blocks/${encodeURIComponent(userId)}`);
  }

  async #application(path: string, body: unknown): Promise<Application> {
    const account = this.#context.account();
    const application = await this.#context.send<Application>({ method: "POST", path, body });
    account.expectPerson(personRecord({ application }));
    return application;
  }

  async #contact(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Contact> {
    const account = this.#context.account();
    const contact = await this.#context.send<Contact>({ method, path, ...(body !== undefined && { body }) });
    account.expectPerson(personRecord({ contact }));
    return contact;
  }
}
