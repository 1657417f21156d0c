/**
 * The layouts that a database has had, oldest first; a database's version is the number of layouts applied to it.
 * Append only: a layout that has been released is on people's devices. Syntax: Dexie's `stores`.
 */
export type Versions = readonly Readonly<Record<string, string | null>>[];

/** What belongs to the device and not to a user. */
export const DEVICE_VERSIONS: Versions = [
  {
    // 1: { key: "deviceId", value } and { key: "session", value }
    values: "key",
  },
];

/** One user's database. */
export const ACCOUNT_VERSIONS: Versions = [
  {
    // 1
    meta: "key",
    conversations: "conversation.conversationId",
    messages: "[conversationId+seq]",
    beginnings: "conversationId",
    outgoing: "++order, &clientMessageId",
    reads: "conversationId",
    users: "userId",
  },
];
