import type {
  Conversation,
  ConversationId,
  EpochMs,
  Me,
  Mentions,
  Message,
  SendableContent,
  Seq,
  User,
  UserId,
  WireError,
} from "@im-webapp/protocol";

/**
 * In which of its states the connection is; the screen says each in words.
 *
 * `signedOut`: no session. `connecting`: first attempt since start. `syncing`: connected, receiving what was missed.
 * `online`: complete, and pushed to. `reconnecting`: lost, trying again at `retryAt`. `offline`: the device itself says
 * that it has no network.
 */
export type ConnectionStatus = "signedOut" | "connecting" | "syncing" | "online" | "reconnecting" | "offline";

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** When the next attempt begins; with `reconnecting` only. */
  readonly retryAt?: EpochMs;
  /** Why the last attempt failed, or why the session ended. */
  readonly error?: WireError;
}

/** A message of this device that the server has not acknowledged yet. */
export interface OutgoingMessage {
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  readonly content: SendableContent;
  readonly replyTo?: Seq;
  readonly mentions?: Mentions;
  readonly createdAt: EpochMs;
  /** `waiting`: behind another, or for the network. `sending`: on its way. `failed`: refused for good, see `error`. */
  readonly status: "waiting" | "sending" | "failed";
  readonly error?: WireError;
}

/** What may be done with a message that the server has. */
export type MessageChange =
  | { readonly kind: "edit"; readonly text: string }
  | { readonly kind: "recall" }
  | { readonly kind: "react"; readonly emoji: string; readonly on: boolean };

/** A change of a message that was refused for good, and is shown no more. */
export type FailedChange = MessageChange & {
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly seq: Seq;
  readonly createdAt: EpochMs;
  readonly error: WireError;
};

/** A conversation as the list shows it; `draft` is what this device holds. */
export interface ConversationView extends Conversation {
  /** What the list sorts by: the time of the newest message, sent or still waiting. */
  readonly activeAt: EpochMs;
  /** The newest of this device's messages that is not acknowledged yet. */
  readonly lastOutgoing?: OutgoingMessage;
  /** How far each other member is known to have read. */
  readonly receipts: ReadonlyMap<UserId, Seq>;
}

/**
 * The messages of an open conversation that are in memory, at most 1,000: one run without a hole, ascending by `seq`. At
 * the end of the conversation it follows what comes; elsewhere it stays where it is.
 */
export interface MessageWindow {
  readonly messages: readonly Message[];
  /** Not acknowledged yet, in the order written; shown after `messages`. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Those of `messages`, by `seq`, that are shown with a change which the server has not taken yet. */
  readonly changing: ReadonlySet<Seq>;
  /** Whether there is more in the cache or on the server: earlier than the first message, newer than the last. */
  readonly more: { readonly before: boolean; readonly after: boolean };
  /** Whether it takes what comes at the end of the conversation by itself, also where some of that is still missing. */
  readonly atEnd: boolean;
  readonly loading: "none" | "first" | "before" | "after";
  /** The message that `showAround` asked for, until `showNewest`. */
  readonly around?: Seq;
  /**
   * Why the last load failed; `loadBefore` and `loadAfter` try again. `NOT_FOUND` with `around`: no message that this user
   * may read is there.
   */
  readonly error?: WireError;
}

/**
 * `persistent`: all outlives the program. `full`: there is no room, so messages are not cached for now, and are read from
 * the server; what waits to be sent is stored. `outdated`: a newer version of the program has laid the storage out anew;
 * this one goes on in memory and has to be loaded anew. `memory`: storage is denied or broken, and nothing outlives the
 * program, unsent messages included.
 */
export type StorageState = "persistent" | "full" | "outdated" | "memory";

/** All that the library holds, as one immutable snapshot. */
export interface ClientState {
  /** False until the local cache has been read. */
  readonly loaded: boolean;
  readonly me: Me | null;
  readonly connection: ConnectionState;
  /** How well this device keeps the account; anything but `persistent` is worth a line on the screen. */
  readonly storage: StorageState;
  /** Newest activity first. */
  readonly conversations: readonly ConversationView[];
  /** Unread messages of all conversations that are not muted. */
  readonly unreadTotal: number;
  /** Everybody whose name is known here. Missing names are fetched by themselves and appear later. */
  readonly users: ReadonlyMap<UserId, User>;
  /** Only conversations opened with `openConversation`. */
  readonly windows: ReadonlyMap<ConversationId, MessageWindow>;
  /** Edits, recalls and reactions that were refused for good, in the order made; `dismissChange` ends the telling. */
  readonly failedChanges: readonly FailedChange[];
}

export interface SendInput {
  conversationId: ConversationId;
  content: SendableContent;
  replyTo?: Seq;
  /** Whom the message names: they see the conversation as one with a mention of them. */
  mentions?: Mentions;
}
