/*
 * Apart from the schemas, so that a browser that needs only these loads no validator with them.
 */

/** The `senderId` of what the server itself says. No user can have this id. */
export const SYSTEM_SENDER = "system";

/** What a member may do rises with the number. */
export const ROLES = { member: 0, admin: 1, owner: 100 } as const;
export type Role = (typeof ROLES)[keyof typeof ROLES];

/**
 * The version of one's own copy of a message that one has deleted: higher than any that its changes can lead to, so that
 * a client which keeps the highest version keeps it deleted.
 */
export const DELETED_VERSION = Number.MAX_SAFE_INTEGER;
