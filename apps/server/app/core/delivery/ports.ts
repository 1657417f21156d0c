import type { DeviceId, Entry, EpochMs, RevokedEvent, Seq, UserId } from "@im-webapp/protocol";
import type { EntryDraft } from "../timeline/model.ts";

/** The sockets of this node. */
export interface Connections {
  isConnected(userId: UserId): boolean;
  /** Pushes consecutive entries to every socket of the user here. Never waits and never throws. */
  push(userId: UserId, entries: readonly Entry[]): void;
  /** Tells the device's sockets here that their session has ended, and closes them, but for the session to keep. */
  endDevice(userId: UserId, deviceId: DeviceId, reason: RevokedEvent["reason"], keepSessionId?: string): void;
}

/** What one commit gave to timelines, in the form in which it travels between nodes: each draft once. */
export interface CommitPacket {
  readonly at: EpochMs;
  readonly drafts: readonly EntryDraft[];
  /** For each recipient the entries in ascending order: `[seq, index of the draft]`. */
  readonly recipients: readonly (readonly [UserId, readonly (readonly [Seq, number])[]])[];
}

export type BusMessage =
  | { readonly kind: "commit"; readonly packet: CommitPacket }
  | {
      readonly kind: "device-ended";
      readonly userId: UserId;
      readonly deviceId: DeviceId;
      readonly reason: RevokedEvent["reason"];
      readonly keepSessionId?: string;
    };

/**
 * Carries messages to the other nodes. At most once: a message may be lost, but those of one node arrive in the order
 * in which it published them. A node does not hear its own.
 */
export interface Bus {
  /** Never waits and never throws; what cannot be sent is lost, and clients pull. */
  publish(message: BusMessage): void;
  subscribe(listener: (message: BusMessage) => void): void;
  close(): Promise<void>;
}
