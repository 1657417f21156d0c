import type { EpochMs, PresenceEvent, UserId } from "@im-webapp/protocol";

/**
 * Which users are connected, over all nodes. What a node said of itself goes by itself within seconds of that node's
 * death. Every promise settles within seconds, whatever becomes of the way to the other nodes.
 */
export interface OnlineRegistry {
  /** Notes who has come to this node and who has left it. Rejects where the others cannot hear of it now; they will. */
  change(arrived: readonly UserId[], left: readonly UserId[]): Promise<void>;
  /** Those of the users who are connected at any node. Rejects when that cannot be known. */
  find(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
  close(): Promise<void>;
}

/** What is kept of a user's presence. */
export interface PresenceRecord {
  /** This user looks offline to everybody. */
  readonly hidden: boolean;
  readonly lastSeenAt?: EpochMs;
}

export interface PresenceStore {
  /**
   * Those of `others` who are in a conversation with the user at present or are a contact, but for those who block them;
   * and the user themself if named.
   */
  sharing(userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>>;
  /** Users that do not exist are left out. */
  records(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, PresenceRecord>>;
  /** Notes that the users were here; never moves a time backwards. */
  seen(userIds: readonly UserId[], at: EpochMs): Promise<void>;
}

/** One socket that hears of others' presence. */
export interface Watcher {
  readonly userId: UserId;
  /** False once the socket is closed. */
  readonly isOpen: boolean;
  /** Never waits and never throws; what the socket cannot take is lost. */
  tell(event: PresenceEvent): void;
}
