import {
  type Contact,
  type ContactsResponse,
  type UserId,
  listContactsRequest,
  updateContactRequest,
} from "@im-webapp/protocol";
import type { z } from "zod";
import { ImError } from "../shared/errors.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import { type ContactState, toContact } from "../timeline/relations.ts";
import type { ContactReader } from "./contact-reader.ts";
import { keepSide, pairScope } from "./friendship.ts";

/** A user's contacts: listing them, how the user keeps them, and parting from them. */
export class Contacts {
  readonly #pipeline: CommandSink;
  readonly #reader: ContactReader;

  constructor(pipeline: CommandSink, reader: ContactReader) {
    this.#pipeline = pipeline;
    this.#reader = reader;
  }

  async list(userId: UserId, payload: unknown): Promise<ContactsResponse> {
    return pageOf(payload, (after, limit) => this.#reader.contacts(userId, after, limit));
  }

  /** @throws {ImError} `NOT_FOUND` for somebody who is no contact */
  async update(userId: UserId, contactId: UserId, payload: unknown): Promise<Contact> {
    return this.#pipeline.submit(updateContact(userId, contactId, validate(updateContactRequest, payload)));
  }

  /** Ends it for both sides, once. */
  async remove(userId: UserId, contactId: UserId): Promise<Contact> {
    return this.#pipeline.submit(removeContact(userId, contactId));
  }
}

/** A page of what is listed by user id. */
export async function pageOf(
  payload: unknown,
  read: (after: UserId, limit: number) => Promise<Contact[]>,
): Promise<ContactsResponse> {
  const { limit, page } = validate(listContactsRequest, payload);
  const [after] = page === undefined ? [""] : decodePage(page, ["string"]);
  const found = await read(after, limit + 1);
  const contacts = found.slice(0, limit);
  const last = contacts.at(-1);
  const more = found.length > limit && last !== undefined;
  return { contacts, more, ...(more && { page: encodePage([last.userId]) }) };
}

function updateContact(
  userId: UserId,
  contactId: UserId,
  { alias, favourite }: z.output<typeof updateContactRequest>,
): Command<Contact> {
  return {
    ...pairScope(userId, contactId),
    decide(stage) {
      const side = stage.relations.side(userId, contactId);
      if (!side.contact) throw new ImError("NOT_FOUND", "there is no such contact");
      const { alias: oldAlias, ...rest } = side.contact;
      const newAlias = alias === undefined ? oldAlias : alias === "" ? undefined : alias;
      const contact: ContactState = {
        ...rest,
        ...(newAlias !== undefined && { alias: newAlias }),
        ...(favourite !== undefined && { favourite }),
      };
      const next = { ...side, contact };
      const isNew = newAlias !== oldAlias || contact.favourite !== side.contact.favourite;
      if (isNew) keepSide(stage, next);
      return toContact(next);
    },
  };
}

/** Ends two users' being contacts, for both sides; whoever is no contact stays none. */
export function removeContact(userId: UserId, contactId: UserId): Command<Contact> {
  return {
    ...pairScope(userId, contactId),
    decide(stage) {
      for (const side of [stage.relations.side(userId, contactId), stage.relations.side(contactId, userId)]) {
        const { contact, ...without } = side;
        if (contact) keepSide(stage, without);
      }
      return toContact(stage.relations.side(userId, contactId));
    },
  };
}
