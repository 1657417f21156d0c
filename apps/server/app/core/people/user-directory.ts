import type { User, UserId } from "@im-webapp/protocol";

/** Finds users. */
export interface UserDirectory {
  /** Up to `limit` ids, of accounts that are not deleted, above `after`, ascending. */
  ids(after: UserId, limit: number): Promise<UserId[]>;
  /** Those that exist, those whose account is deleted included, in no given order. */
  findMany(userIds: readonly UserId[]): Promise<User[]>;
  /**
   * Up to `limit` users whose username or display name starts with `text`, or whose phone number is `phone`, with ids
   * above `after`, ascending by id; each only by what they let themself be found by.
   */
  search(text: string, phone: string | undefined, after: UserId, limit: number): Promise<User[]>;
}

/** What is shown of a user who is no more. */
export function goneUser(userId: UserId): User {
  return { userId, username: "", displayName: "" };
}
