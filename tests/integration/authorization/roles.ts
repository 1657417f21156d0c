/** What the one who calls is to the group of the scene. */
export const ROLES_OF_CALLERS = [
  /** Has never been in the group. */
  "outsider",
  "member",
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
