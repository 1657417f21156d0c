import { type Contact, type GroupId, type UserId, confirmation } from "@im-webapp/protocol";
import type { AccountStore, Session } from "../accounts/ports.ts";
import type { EndSockets } from "../accounts/sessions.ts";
import type { ContactReader } from "../contacts/contact-reader.ts";
import { removeContact } from "../contacts/contacts.ts";
import { removeMember } from "../groups/commands.ts";
import type { Portraits } from "../portraits/portraits.ts";
import type { ProfileChanges } from "../profile/profile-changes.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import type { Confirm } from "./confirm.ts";
import type { Devices } from "./devices.ts";

/** Contacts that are parted from at a time. */
const PAGE = 200;

/** What an account leaves behind, and what is done about it. */
export interface DeletionStore {
  /**
   * Makes the user a tombstone: no name, phone, profile, password, second factor, identity or session is left, all in
   * one transaction. Their messages stay.
   */
  bury(userId: UserId, at: number): Promise<void>;
  /** Tombstones with work left to do, which a stopped process may have left. */
  unfinished(): Promise<UserId[]>;
  /** The groups in which the user is. */
  groupsOf(userId: UserId): Promise<{ groupId: GroupId; name: string }[]>;
  /** Notes that nothing is left to be done; what only the user saw, such as drafts and stars, is erased. */
  finish(userId: UserId, at: number): Promise<void>;
}

export interface DeleteAccountOptions {
  readonly store: DeletionStore;
  readonly accounts: Pick<AccountStore, "findMe">;
  readonly contacts: Pick<ContactReader, "contacts">;
  readonly confirm: Confirm;
  readonly devices: Devices;
  readonly pipeline: CommandSink;
  readonly endSockets: EndSockets;
  readonly profiles: Pick<ProfileChanges, "commit">;
  readonly portraits: Pick<Portraits, "remove">;
  readonly clock: Clock;
}

/** A user's account ends for good, at their own wish. */
export class DeleteAccount {
  readonly #options: DeleteAccountOptions;

  constructor(options: DeleteAccountOptions) {
    this.#options = options;
  }

  /** @throws {ImError} as `Confirm.require` */
  async run(session: Session, payload: unknown): Promise<void> {
    const { accounts, confirm, devices, store, endSockets, portraits, clock } = this.#options;
    const { userId } = session;
    await confirm.require(session, validate(confirmation, payload));
    const { devices: signedIn } = await devices.list(session);
    const me = await accounts.findMe(userId);
    // First of all, so that nobody signs in or adds them to a group from here on; the rest can be done again.
    await store.bury(userId, clock());
    for (const { deviceId } of signedIn) endSockets({ userId, deviceId }, "revoked");
    await portraits.remove(me?.avatar);
    await this.#finish(userId);
  }

  /** Does what a stopped process has left undone. Several nodes may do it at once. */
  async resume(): Promise<void> {
    for (const userId of await this.#options.store.unfinished()) await this.#finish(userId);
  }

  async #finish(userId: UserId): Promise<void> {
    const { store, pipeline, profiles, clock } = this.#options;
    // Before contacts are parted from: afterwards they no longer count as those who know the user.
    await profiles.commit(userId, { avatar: null });
    await this.#partFromContacts(userId);
    for (const { groupId } of await store.groupsOf(userId)) {
      await pipeline.submit(removeMember(groupId, userId, userId)).catch((error: unknown) => {
        // Somebody was faster: removed them, or dissolved the group.
        if (!(error instanceof ImError) || (error.code !== "NOT_FOUND" && error.code !== "NOT_MEMBER")) throw error;
      });
    }
    await store.finish(userId, clock());
  }

  async #partFromContacts(userId: UserId): Promise<void> {
    const { contacts, pipeline } = this.#options;
    let after: UserId | undefined = "";
    while (after !== undefined) {
      const page: Contact[] = await contacts.contacts(userId, after, PAGE);
      for (const contact of page) await pipeline.submit(removeContact(userId, contact.userId));
      after = page.length < PAGE ? undefined : page.at(-1)?.userId;
    }
  }
}
