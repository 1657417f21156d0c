/*
 * Apart from the schemas, so that a browser that needs only these loads no validator with them.
 */

/** The `senderId` of what the server itself says. No user can have this id. */
export const SYSTEM_SENDER = "system";

/** What a member may do rises with the number. */
export const ROLES = { member: 0, admin: 1, owner: 100 } as const;
export type Role = (typeof ROLES)[keyof typeof ROLES];

/** How people come into a group without being added: at once, when an admin agrees, or not at all. */
export const JOIN_POLICIES = ["open", "approval", "invite"] as const;
export type JoinPolicy = (typeof JOIN_POLICIES)[number];

/** Who may add others to a group. */
export const WHO_MAY_ADD = ["members", "admins"] as const;
export type WhoMayAdd = (typeof WHO_MAY_ADD)[number];

/** The `mutedUntil` of one who is muted until somebody ends it: the last day that every database can store. */
export const MUTED_FOREVER = Date.UTC(9999, 11, 31);

/**
 * The version of one's own copy of a message that one has deleted: higher than any that its changes can lead to, so that
 * a client which keeps the highest version keeps it deleted.
 */
export const DELETED_VERSION = Number.MAX_SAFE_INTEGER;

/** Where resumable uploads are made (tus 1.0: POST, HEAD, PATCH, DELETE), with the bearer token of a session. */
export const UPLOADS_PATH = "/api/v1/uploads";
