import type { Contact, UserId } from "@im-webapp/protocol";

/** Reads whom a user keeps as a contact, and whom they block. */
export interface ContactReader {
  /** Up to `limit` contacts with ids above `after`, ascending by id. */
  contacts(userId: UserId, after: UserId, limit: number): Promise<Contact[]>;
  /** Up to `limit` blocked users with ids above `after`, ascending by id. */
  blocked(userId: UserId, after: UserId, limit: number): Promise<Contact[]>;
  /** Those of the users who block this one. */
  blockersOf(userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>>;
}
