/** What the one who calls is to the group of the scene. */
export const ROLES_OF_CALLERS = [
  /** Has never been in the group. */
  "outsider",
  "member",
  /** A member who may not speak for a time. */
  "muted",
  /** A member of a group in which only its owner and admins may speak. */
  "mutedWithAll",
  /** A member whom all others of the scene block. */
  "blocked",
  /** Was in it and has left. */
  "exMember",
  "admin",
  "owner",
  /** A member whose session has ended. */
  "revoked",
] as const;

export type CallerRole = (typeof ROLES_OF_CALLERS)[number];
