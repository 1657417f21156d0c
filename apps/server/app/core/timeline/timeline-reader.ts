import type { ConversationId, DeviceId, EpochMs, Seq, UserId } from "@im-webapp/protocol";

/** An entry as it goes to its user: as JSON, because nothing between the database and the wire looks into it. */
export interface EncodedEntry {
  readonly seq: Seq;
  readonly json: string;
}

/** An entry as it is stored: complete, but for a conversation, which is shown in its state when it is read. */
export type StoredEntry =
  | EncodedEntry
  | { readonly seq: Seq; readonly at: EpochMs; readonly conversationId: ConversationId };

/** The sync store, read side. */
export interface TimelineReader {
  /** The newest `seq` of a timeline, and that of the newest entry that trimming has removed. */
  bounds(userId: UserId): Promise<{ head: Seq; trimmed: Seq }>;
  /** The newest `seq` of each of these timelines. */
  heads(userIds: readonly UserId[]): Promise<Map<UserId, Seq>>;
  /** Up to `limit` entries above `cursor`, ascending, messages in their newest version. */
  after(userId: UserId, cursor: Seq, limit: number): Promise<StoredEntry[]>;
  /** Remembers what a device has stored; never moves backwards. */
  saveCursor(userId: UserId, deviceId: DeviceId, cursor: Seq, at: EpochMs): Promise<void>;
}
