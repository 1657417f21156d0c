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

/** A conversation as the list shows it. */
export interface ConversationView extends Conversation {
  /** What the list sorts by: the time of the newest message, sent or still waiting. */
  readonly activeAt: EpochMs;
  /** The newest of this device's messages that is not acknowledged yet. */
  readonly lastOutgoing?: OutgoingMessage;
  /** How far each other member is known to have read. */
  readonly receipts: ReadonlyMap<UserId, Seq>;
}

/** The messages of an open conversation that are in memory: one run without a hole, ascending by `seq`. */
export interface MessageWindow {
  readonly messages: readonly Message[];
  /** Not acknowledged yet, in the order written; shown after `messages`. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Whether there is more in the cache or on the server. */
  readonly more: { readonly before: boolean; readonly after: boolean };
  readonly loading: "none" | "first" | "before" | "after";
  /** Why the last load failed; `loadBefore` tries again. */
  readonly error?: WireError;
}

/** Whether somebody is connected anywhere, and if not, when they last were, as far as they let it be known. */
export interface Presence {
  readonly online: boolean;
  readonly lastSeenAt?: EpochMs;
}

/** All that the library holds, as one immutable snapshot. */
export interface ClientState {
  /** False until the local cache has been read. */
  readonly loaded: boolean;
  readonly me: Me | null;
  readonly connection: ConnectionState;
  /** `memory` when the browser denies storage: nothing survives a reload, and the screen says so. */
  readonly storage: "persistent" | "memory";
  /** Newest activity first. */
  readonly conversations: readonly ConversationView[];
  /** Unread messages of all conversations that are not muted. */
  readonly unreadTotal: number;
  /** Everybody whose name is known here. Missing names are fetched by themselves and appear later. */
  readonly users: ReadonlyMap<UserId, User>;
  /** Only conversations opened with `openConversation`. */
  readonly windows: ReadonlyMap<ConversationId, MessageWindow>;
  /** Who else is writing at this moment; conversations where nobody is are not in it. */
  readonly typing: ReadonlyMap<ConversationId, readonly UserId[]>;
  /** Of those watched with `watchPresence`. Who is not in it is not known of: so are all while there is no connection. */
  readonly presence: ReadonlyMap<UserId, Presence>;
}

export interface SendInput {
  conversationId: ConversationId;
  content: SendableContent;
  replyTo?: Seq;
  /** Whom the message names: they see the conversation as one with a mention of them. */
  mentions?: Mentions;
}
