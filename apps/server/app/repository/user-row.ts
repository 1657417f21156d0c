import type { Gender, User, UserId } from "@im-webapp/protocol";

/** Selects what anyone may know of a user `u`. */
export const USER_SELECT = "u.user_id, u.username, u.display_name, u.avatar, u.gender, u.description, u.deleted_at";

export interface UserRow {
  user_id: UserId;
  username: string;
  display_name: string;
  avatar: string | null;
  gender: Gender | null;
  description: string | null;
  deleted_at: string | null;
}

export function toUser(row: UserRow): User {
  return {
    userId: row.user_id,
    username: row.username,
    displayName: row.display_name,
    ...(row.avatar !== null && { avatar: row.avatar }),
    ...(row.gender !== null && { gender: row.gender }),
    ...(row.description !== null && { description: row.description }),
    ...(row.deleted_at !== null && { deleted: true as const }),
  };
}
