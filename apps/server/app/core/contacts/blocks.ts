import { type Contact, type ContactsResponse, type UserId, blockRequest } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import { toContact } from "../timeline/relations.ts";
import type { ContactReader } from "./contact-reader.ts";
import { pageOf } from "./contacts.ts";
import { keepSide, pairScope } from "./friendship.ts";

/** Whom a user blocks. */
export class Blocks {
  readonly #pipeline: CommandSink;
  readonly #reader: ContactReader;
  readonly #presenceChanged: (userId: UserId) => void;

  /** `presenceChanged` hears whose view of others' presence is another now. */
  constructor(pipeline: CommandSink, reader: ContactReader, presenceChanged: (userId: UserId) => void) {
    this.#pipeline = pipeline;
    this.#reader = reader;
    this.#presenceChanged = presenceChanged;
  }

  async list(userId: UserId, payload: unknown): Promise<ContactsResponse> {
    return pageOf(payload, (after, limit) => this.#reader.blocked(userId, after, limit));
  }

  /** @throws {ImError} `NOT_FOUND` when there is no such user, `BAD_REQUEST` for oneself */
  async add(userId: UserId, payload: unknown): Promise<Contact> {
    return this.#set(userId, validate(blockRequest, payload).userId, true);
  }

  /** @throws {ImError} as `add` does */
  async remove(userId: UserId, blockedId: UserId): Promise<Contact> {
    return this.#set(userId, blockedId, false);
  }

  async #set(userId: UserId, peerId: UserId, isBlocked: boolean): Promise<Contact> {
    if (userId === peerId) throw new ImError("BAD_REQUEST", "nobody blocks themself");
    const contact = await this.#pipeline.submit({
      ...pairScope(userId, peerId),
      users: [peerId],
      decide(stage) {
        stage.requireUsers([peerId]);
        const { blockedAt, ...without } = stage.relations.side(userId, peerId);
        const next = isBlocked ? { ...without, blockedAt: blockedAt ?? stage.at } : without;
        if ((blockedAt !== undefined) !== isBlocked) keepSide(stage, next);
        return toContact(next);
      },
    });
    this.#presenceChanged(peerId);
    return contact;
  }
}
