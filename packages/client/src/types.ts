import type {
  Application,
  Contact,
  Conversation,
  ConversationId,
  EpochMs,
  Limits,
  Me,
  Mentions,
  Message,
  NotifyLevel,
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

/** How things stand between this device and the server. */
export interface ConnectionState {
  /** The state in one word. */
  readonly status: ConnectionStatus;
  /** When the next attempt begins; with `reconnecting` only. */
  readonly retryAt?: EpochMs;
  /** Why the last attempt failed, or why the session ended. */
  readonly error?: WireError;
}

/** How much of a file that a message carries has come to the server. */
export interface UploadProgress {
  /** What the file is saved as. */
  readonly name: string;
  /** How much has come, in bytes; the picture of a film counts as well. */
  readonly sentBytes: number;
  /** How much there is, in bytes. */
  readonly totalBytes: number;
  /** Whether `pauseUpload` has stopped it. */
  readonly paused: boolean;
  /** Of a picture or a film, in pixels, as `sendFile` was told. */
  readonly width?: number;
  /** Of a picture or a film, in pixels, as `sendFile` was told. */
  readonly height?: number;
}

/** A message of this device that the server has not acknowledged yet. */
export interface OutgoingMessage {
  /** What `resend` and `discard` take; a UUID, kept over retries and restarts. */
  readonly clientMessageId: string;
  /** Where it goes; of a placeholder the real conversation, once there is one. */
  readonly conversationId: ConversationId;
  /** What it says. `fileId` is empty until `upload` is done; `files.local` has the file. */
  readonly content: SendableContent;
  /** The message that it answers. */
  readonly replyTo?: Seq;
  /** Whom it names: ids of users, or `"all"`. */
  readonly mentions?: Mentions;
  /** When it was written, by this device's clock. */
  readonly createdAt: EpochMs;
  /** Of a message of `sendFile`: how far its file has come. */
  readonly upload?: UploadProgress;
  /** `waiting`: behind another, for the network, or for its file. `sending`: on its way. `failed`: refused for good, see `error`. */
  readonly status: "waiting" | "sending" | "failed";
  /** Why the server refused it; with `failed`. */
  readonly error?: WireError;
}

/** What may be done with a message that the server has. */
export type MessageChange = MessageEdit | MessageRecall | MessageReaction | MessageMark | MessageDeletion;

/** Another text for one's own message. */
export interface MessageEdit {
  /** Tells the changes apart. */
  readonly kind: "edit";
  /** The new text. */
  readonly text: string;
}

/** A message taken back, for everybody. */
export interface MessageRecall {
  /** Tells the changes apart. */
  readonly kind: "recall";
}

/** One's reaction to a message, put or taken away. */
export interface MessageReaction {
  /** Tells the changes apart. */
  readonly kind: "react";
  /** What one reacts with. */
  readonly emoji: string;
  /** False takes it away. */
  readonly on: boolean;
}

/** A message pinned for everybody in its conversation, or starred for oneself, or no longer. */
export interface MessageMark {
  /** Tells the changes apart. */
  readonly kind: "pin" | "star";
  /** False takes it away. */
  readonly on: boolean;
}

/** A message that one wants to see no more. */
export interface MessageDeletion {
  /** Tells the changes apart. */
  readonly kind: "delete";
}

/** What may be done with how one keeps somebody. */
export type ContactChange = ContactAlias | ContactMark | ContactEnd;

/** What one calls a contact. */
export interface ContactAlias {
  /** Tells the changes apart. */
  readonly kind: "alias";
  /** Whom it is about. */
  readonly userId: UserId;
  /** The new name; empty for none. */
  readonly alias: string;
}

/** A contact made a favourite or somebody blocked, or no longer. */
export interface ContactMark {
  /** Tells the changes apart. */
  readonly kind: "favourite" | "block";
  /** Whom it is about. */
  readonly userId: UserId;
  /** False takes it away. */
  readonly on: boolean;
}

/** The end of being contacts, for both. */
export interface ContactEnd {
  /** Tells the changes apart. */
  readonly kind: "unfriend";
  /** Whom it is about. */
  readonly userId: UserId;
}

/** How one keeps a conversation, as `setConversation` takes it; what is left out stays as it is. */
export interface ConversationSettings {
  /** Above those that are not. */
  readonly pinned?: boolean;
  /** How one hears of it: 0 as usual, 1 silently, −1 not at all, at the end of the list. */
  readonly notify?: NotifyLevel;
  /** Out of the list until its next message. */
  readonly hidden?: boolean;
  /** Shown as unread, whatever was read, until one reads or sends again. */
  readonly markedUnread?: boolean;
}

/** A change of a message or of a contact that was refused for good, and is shown no more. */
export type FailedChange = (MessageChange | ContactChange) & {
  /** Names the change, for `dismissChange`. */
  readonly id: string;
  /** Where the message is; of a contact, the placeholder of the direct conversation with them. */
  readonly conversationId: ConversationId;
  /** Which message it is; 0 of a contact. */
  readonly seq: Seq;
  /** When the change was made, by this device's clock. */
  readonly createdAt: EpochMs;
  /** Why it was refused. */
  readonly error: WireError;
};

/** A conversation as the list shows it; `draft` is what was typed last, here or on another device. */
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
  /** Those that the server has, as far as they were read; ascending by `seq`, without a hole. */
  readonly messages: readonly Message[];
  /** Not acknowledged yet, in the order written; shown after `messages`. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Those of `messages`, by `seq`, that are shown with a change which the server has not taken yet. */
  readonly changing: ReadonlySet<Seq>;
  /** Whether there is more in the cache or on the server. */
  readonly more: {
    /** Earlier than the first message; `loadBefore` reads a page of them. */
    readonly before: boolean;
    /** Newer than the last; `loadAfter` reads a page of them. */
    readonly after: boolean;
  };
  /** Whether it takes what comes at the end of the conversation by itself, also where some of that is still missing. */
  readonly atEnd: boolean;
  /** What is being read now: nothing, the first page, or the page before or after. */
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

/** Whether somebody is connected anywhere, and if not, when they last were, as far as they let it be known. */
export interface Presence {
  /** Whether any device of theirs is connected. */
  readonly online: boolean;
  /** When the last one was; only while none is. */
  readonly lastSeenAt?: EpochMs;
}

/** All that the library holds, as one immutable snapshot. */
export interface ClientState {
  /** False until the local cache has been read. */
  readonly loaded: boolean;
  /** Who is signed in; null: nobody. */
  readonly me: Me | null;
  /** Whether the server is reached, and whether everything has been received. */
  readonly connection: ConnectionState;
  /** How well this device keeps the account; anything but `persistent` is worth a line on the screen. */
  readonly storage: StorageState;
  /** Pinned ones first and blocked ones last, each by newest activity. Those that are `hidden` belong in no list. */
  readonly conversations: readonly ConversationView[];
  /** Unread messages of all conversations that are neither muted nor hidden. */
  readonly unreadTotal: number;
  /** Whether something is unread that is not counted: in a silent conversation, or by one's own mark. */
  readonly unreadDot: boolean;
  /** Everybody whose name is known here. Missing names are fetched by themselves and appear later. */
  readonly users: ReadonlyMap<UserId, User>;
  /** Only conversations opened with `openConversation`. */
  readonly windows: ReadonlyMap<ConversationId, MessageWindow>;
  /** Changes of messages and of contacts that were refused for good, in the order made; `dismissChange` ends the telling. */
  readonly failedChanges: readonly FailedChange[];
  /** Contacts and those whom the user blocks, by user; `since` tells the contacts. Kept on this device, for use offline. */
  readonly contacts: ReadonlyMap<UserId, Contact>;
  /** Applications that the user has made or may answer, by id. One that is pending counts until its `expiresAt`. */
  readonly applications: ReadonlyMap<string, Application>;
  /** Who else is writing at this moment; conversations where nobody is are not in it. */
  readonly typing: ReadonlyMap<ConversationId, readonly UserId[]>;
  /** Of those watched with `watchPresence`. Who is not in it is not known of: so are all while there is no connection. */
  readonly presence: ReadonlyMap<UserId, Presence>;
  /** The bounds that the server enforces, as it said when it was last connected to; undefined until it has. */
  readonly limits: Limits | undefined;
}

/** A message to be sent. */
export interface SendInput {
  /** Where to: a conversation, or a placeholder made by `openDirect`. */
  conversationId: ConversationId;
  /** What it says. Text has at most `MAX_TEXT_LENGTH` (8,000) UTF-16 units; beyond, it fails with `TOO_LARGE`. */
  content: SendableContent;
  /** The `seq` of the message that this one answers. */
  replyTo?: Seq;
  /** Whom the message names: they see the conversation as one with a mention of them. */
  mentions?: Mentions;
  /** Not before the files that were written before it: what is said with them. Else text passes files that upload. */
  afterFiles?: boolean;
}

/** A file to be sent as a message. */
export interface SendFileInput {
  /** Where to, as `SendInput` says. */
  conversationId: ConversationId;
  /** What is uploaded. */
  file: Blob;
  /** What it is saved as. */
  name: string;
  /** What the message shows of it. An image must be one, and a voice message a sound. */
  as: "image" | "file" | "voice" | "video";
  /** Of a video, in pixels; of an image, for `upload` alone. */
  width?: number;
  /** Of a video, in pixels; of an image, for `upload` alone. */
  height?: number;
  /** Of a video or a voice message, in milliseconds. */
  durationMs?: number;
  /** Of a voice message: loudness from 0 to 100, at most `MAX_WAVEFORM_BARS` (128) times. */
  waveform?: readonly number[];
  /** A picture out of a video. */
  thumbnail?: Blob;
  /** The `seq` of the message that this one answers. */
  replyTo?: Seq;
  /** Whom the message names. */
  mentions?: Mentions;
}
