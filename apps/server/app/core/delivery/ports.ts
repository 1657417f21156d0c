import type {
  ConversationId,
  DeviceId,
  EpochMs,
  GroupPushEvent,
  RevokedEvent,
  Seq,
  TypingEvent,
  UserId,
} from "@im-webapp/protocol";
import type { Membership } from "../timeline/membership.ts";
import type { EntryDraft, GroupPush } from "../timeline/model.ts";

/** The sockets of this node. Nothing here waits and nothing throws. */
export interface Connections {
  isConnected(userId: UserId): boolean;
  /** Everybody who is connected here. */
  userIds(): Iterable<UserId>;
  readonly userCount: number;
  /** Sends `sync:push` to every socket of the user here. `entries` is the JSON of consecutive entries up to `lastSeq`. */
  push(userId: UserId, entries: string, lastSeq: Seq): void;
  /**
   * The newest entry that this node has pushed to the user, or that was the head when they connected; undefined before
   * they have been greeted.
   */
  pushedSeq(userId: UserId): Seq | undefined;
  /** Sends `group:push` to every socket of the users here, encoded once. */
  pushGroup(userIds: readonly UserId[], push: GroupPushEvent): void;
  /** Tells the device's sockets here that their session has ended, and closes them, but for the session to keep. */
  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void;
}

/** Reads who is in a conversation, as of one version. */
export interface MembershipReader {
  read(conversationId: ConversationId): Promise<Membership>;
}

/** What one commit brought, in the form in which it travels between nodes: each draft once. */
export interface CommitPacket {
  readonly at: EpochMs;
  readonly drafts: readonly EntryDraft[];
  /** For each recipient the entries in ascending order: `[seq, index of the draft]`. */
  readonly recipients: readonly (readonly [UserId, readonly (readonly [Seq, number])[]])[];
  /** For the members of large groups. */
  readonly groups: readonly GroupPush[];
}

export type BusMessage =
  | { readonly kind: "commit"; readonly packet: CommitPacket }
  | {
      readonly kind: "device-ended";
      readonly userId: UserId;
      readonly deviceId: DeviceId;
      readonly reason: RevokedEvent["reason"];
      readonly keepSessionId?: string;
    }
  /** For these users' sockets, wherever they are. */
  | { readonly kind: "typing"; readonly userIds: readonly UserId[]; readonly event: TypingEvent }
  /** These users' presence may be another by now; `settings`: or what others may know of it. */
  | { readonly kind: "presence"; readonly userIds: readonly UserId[]; readonly settings: boolean };

/**
 * Carries messages to the other nodes. At most once: a message may be lost, but those of one node arrive in the order
 * in which it published them. A node does not hear its own.
 */
export interface Bus {
  /** False when messages may be getting lost; delivery then looks at the database. */
  readonly isHealthy: boolean;
  /** A user's first socket has come to this node: from now on it wants to hear of their entries. */
  userConnected(userId: UserId): void;
  /** A user's last socket has left this node. */
  userDisconnected(userId: UserId): void;
  /** Never waits and never throws; what cannot be sent is lost, and clients pull. */
  publish(message: BusMessage): void;
  /** Every listener hears every message. */
  subscribe(listener: (message: BusMessage) => void): void;
  close(): Promise<void>;
}
