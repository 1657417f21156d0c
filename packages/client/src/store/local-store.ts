import type {
  ConversationId,
  DeviceId,
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
import type { PersonRecord } from "../people/person-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { ContactChange, ConversationSettings, MessageChange, UploadProgress } from "../types.ts";

/** A session that `start` resumes. */
export interface StoredSession {
  /** Says to the server who is calling; a secret. */
  readonly token: string;
  /** When the server will no longer take it. */
  readonly expiresAt: EpochMs;
  /** Whose it is. */
  readonly me: Me;
}

/** One of the files of a message that are not all at the server yet. */
export interface UploadPart {
  /** What it is saved as. */
  readonly name: string;
  /** How large it is, in bytes. */
  readonly bytes: number;
  /** Where its upload goes on, once that has begun. */
  readonly url?: string;
  /** What the server calls it, once it has all of it. */
  readonly fileId?: string;
}

/** A message of this device on its way to the server. */
export interface OutgoingRecord {
  /** Names the message for ever, together with its sender. */
  readonly clientMessageId: string;
  /** Where it goes; perhaps a placeholder. */
  readonly conversationId: ConversationId;
  /** What it says. */
  readonly content: SendableContent;
  /** The message that it answers. */
  readonly replyTo?: Seq;
  /** Whom it names. */
  readonly mentions?: Mentions;
  /** When it was written, by this device's clock. */
  readonly createdAt: EpochMs;
  /** Waits for the files written before it in its conversation. */
  readonly afterFiles?: boolean;
  /** Of a message that carries a file of this device. */
  readonly upload?: UploadProgress;
  /** The file, and the picture of a film, while they are not all at the server: until then the message cannot be sent. */
  readonly parts?: readonly UploadPart[];
  /** Set before it is sent for the first time: from then on the server may have it, whatever has been heard. */
  readonly attempted?: boolean;
  /** What has to follow once the server has it, which keeps what came first under this `clientMessageId`. */
  readonly owes?: "edit" | "recall";
  /** Refused for good. */
  readonly error?: WireError;
  /** The server has it; kept until the timeline shows it as a message. */
  readonly accepted?: {
    /** The real conversation, where the message was sent to a placeholder. */
    readonly conversationId: ConversationId;
    /** Its place there. */
    readonly seq: Seq;
  };
}

/** Another way of keeping a conversation. */
export interface SettingsChange {
  /** Tells the changes apart. */
  readonly kind: "settings";
  /** Those that change. */
  readonly settings: ConversationSettings;
}

/** A change of a message, or of how a conversation or a contact is kept, on its way to the server or refused by it. */
export type PendingChange = (MessageChange | SettingsChange | ContactChange) & {
  /** Made here, for this change alone. */
  readonly id: string;
  /** Where the message is; of a contact, the placeholder of the direct conversation with them. */
  readonly conversationId: ConversationId;
  /** Which message it is; 0 when it is about the conversation or a contact. */
  readonly seq: Seq;
  /** When it was made, by this device's clock. */
  readonly createdAt: EpochMs;
  /** Of what is put or taken away: whether it was shown to be there before. */
  readonly was?: boolean;
  /** Set before it is sent for the first time: from then on the server may have it, whatever has been heard. */
  readonly attempted?: boolean;
  /** The server has it, in this version of the message or the settings; kept until that version is held. */
  readonly accepted?: {
    /** Of the message or the settings, with the change in it. */
    readonly version: number;
  };
  /** Refused for good; kept until the user has been told. */
  readonly error?: WireError;
};

/** What stands in a conversation's composer. An empty text says that there is nothing any more. */
export interface Draft {
  /** Whose composer it is; perhaps a placeholder. */
  readonly conversationId: ConversationId;
  /** As typed so far. */
  readonly text: string;
  /** Rises with each change of the conversation's draft, however clocks jump. */
  readonly at: EpochMs;
  /** The `draftAt` of the newest draft of the server's that was known when this was typed, or that this has become. */
  readonly base?: EpochMs;
  /** Whether the server has been told, and has answered. */
  readonly sent?: boolean;
}

/** A read position that the timeline does not show yet. */
export interface ReadMark {
  /** The conversation that was read. */
  readonly conversationId: ConversationId;
  /** The last message read. */
  readonly seq: Seq;
}

/** How much of the timeline is stored. */
export interface SyncPosition {
  /** The life of the server's database that everything here comes from; null before the first connection. */
  readonly epoch: string | null;
  /** The last entry stored; null when there is none to continue from, and the list must be asked for. */
  readonly cursor: Seq | null;
  /** Whether the conversation list is known to be whole. */
  readonly complete: boolean;
}

/** All of an account but its messages, which are read page by page. */
export interface AccountSnapshot {
  /** How far the timeline is stored. */
  readonly position: SyncPosition;
  /** In no particular order. */
  readonly conversations: readonly ConversationRecord[];
  /** In the order in which they are to be sent. */
  readonly outgoing: readonly OutgoingRecord[];
  /** At most one of a conversation. */
  readonly reads: readonly ReadMark[];
  /** In the order in which they are to be sent. */
  readonly changes: readonly PendingChange[];
  /** At most one of a conversation; those that were emptied too. */
  readonly drafts: readonly Draft[];
  /** Everybody whose profile is known here. */
  readonly users: readonly User[];
  /** Contacts and applications, in no particular order. */
  readonly people: readonly PersonRecord[];
}

/** What waits to be sent, or to be written on. */
export type PendingSnapshot = Pick<AccountSnapshot, "outgoing" | "reads" | "changes" | "drafts">;

/** The effects of consecutive entries, up to `cursor`. */
export interface SyncBatch {
  /** The life of the server's database that the entries come from. */
  readonly epoch: string;
  /** The last of the entries. */
  readonly cursor: Seq;
  /** False when the batch shows that the conversation list has a hole. */
  readonly complete: boolean;
  /** Those that have changed, as they are after the entries. */
  readonly conversations: readonly ConversationRecord[];
  /** To be cached, whether or not they are held. */
  readonly messages: readonly Message[];
  /** New versions of messages; those not held are left out. */
  readonly updates: readonly Message[];
  /** Profiles that have changed or are new. */
  readonly users: readonly User[];
  /** Contacts and applications that have changed. */
  readonly people: readonly PersonRecord[];
  /** `clientMessageId` of outgoing messages that are messages now. Those that owe something stay until that is queued. */
  readonly delivered: readonly string[];
}

/** What was read of conversations themselves, apart from the timeline: pushes of large groups, and history. */
export interface ReadingBatch {
  /** The life of the server's database that it was read from. */
  readonly epoch: string;
  /** Those that have moved, as they are after the reading. */
  readonly conversations: readonly ConversationRecord[];
  /** Conversations whose cached messages may have changed unseen: those are dropped before the batch's are stored. */
  readonly dropped: readonly ConversationId[];
  /** To be cached, whether or not they are held. */
  readonly messages: readonly Message[];
  /** New versions of messages; those not held are left out. */
  readonly updates: readonly Message[];
  /** `clientMessageId` of outgoing messages that are messages now. Those that owe something stay until that is queued. */
  readonly delivered: readonly string[];
}

/** Cached messages, ascending by `seq`; there may be holes between them. */
export interface CachedPage {
  /** Each in the highest version that was stored. */
  readonly messages: readonly Message[];
  /** The first message of the conversation that this user may see, where the server has said so. */
  readonly beginning?: Seq;
}

/** How much of a conversation is cached. */
export interface CachedConversation {
  /** Which one. */
  readonly conversationId: ConversationId;
  /** How many messages. */
  readonly messages: number;
  /** As `sizeOf` counts the messages. */
  readonly bytes: number;
  /** When somebody last looked at it on this device; 0: never. */
  readonly openedAt: EpochMs;
}

/** What may go from the cache of one conversation. */
export interface Eviction {
  /** Which one. */
  readonly conversationId: ConversationId;
  /** At most this many messages, the oldest. */
  readonly limit: number;
  /** Never the newest ones, so many. */
  readonly keep: number;
}

/**
 * What one user has on this device.
 *
 * Each method is one transaction: it happens entirely or not at all, whenever the program is killed, and a resolved
 * promise means that later reads, in this program or the next, see it. (Whether it also survives a power cut is the
 * browser's affair; sync repairs what is lost then, except for messages not sent yet.) Methods called one after the
 * other take effect in that order. A rejected promise means that nothing was changed. Values are handed over: neither
 * side changes them afterwards. Several programs (tabs) may use one account at the same time.
 */
export interface AccountStore {
  /** Whether other tabs of this program see what is stored here. */
  readonly shared: boolean;

  /** All but the messages; of an account that is new here, nothing with `epoch` and `cursor` null. */
  load(): Promise<AccountSnapshot>;

  /** A part of what `load` gives. */
  pending(): Promise<PendingSnapshot>;

  /**
   * Stores entries' effects together with the cursor that they lead to, so that neither is ever ahead of the other.
   * A message never replaces a higher version of itself. Where another tab has stored as much or more of the same
   * timeline, its conversations and cursor stay; positions within a conversation never go back. False, and nothing
   * stored, when the store has meanwhile been reset or belongs to another epoch: what the caller holds is then void.
   */
  commit(batch: SyncBatch): Promise<boolean>;

  /**
   * Stores what was read of conversations themselves together with the positions that it leads to, and leaves the
   * cursor. Of a conversation that is stored only positions, newest message and receipts move; one that is not stays
   * away. Messages as with `commit`; false as with `commit`.
   */
  advance(batch: ReadingBatch): Promise<boolean>;

  /** Stores a page of the conversation list without moving the cursor. False as with `commit`. */
  putConversations(epoch: string, conversations: readonly ConversationRecord[]): Promise<boolean>;

  /**
   * Marks the conversation list as whole. With `adopt`, the cursor becomes that of the list and conversations that it
   * did not name are removed; without, both stay. False as with `commit`.
   */
  completeList(epoch: string, adopt?: { cursor: Seq; listed: ReadonlySet<ConversationId> }): Promise<boolean>;

  /**
   * Stores what the lists of contacts and applications say, and removes what they no longer name. False as with `commit`.
   */
  putPeople(epoch: string, put: readonly PersonRecord[], gone: readonly string[]): Promise<boolean>;

  /**
   * The cursor has expired: drops it and what may have changed unseen (messages, names); the list of conversations stays,
   * incomplete, and so do contacts and applications, without the record that says that their lists have been read.
   */
  expire(): Promise<void>;

  /**
   * Another life of the server's database: drops all that came from the one before. Messages that wait to be sent stay,
   * as never accepted, and so do drafts; changes of messages have failed. False, and nothing dropped, where what is
   * stored is of that life already, as another tab has seen to it.
   */
  reset(epoch: string): Promise<boolean>;

  /** The newest `limit` cached messages below `before` (exclusive; without it: of all). */
  messages(conversationId: ConversationId, limit: number, before?: Seq): Promise<CachedPage>;

  /** The oldest `limit` cached messages above `after` (exclusive). */
  messagesAfter(conversationId: ConversationId, limit: number, after: Seq): Promise<CachedPage>;

  /** Caches messages that did not come by the timeline; a held version that is higher stays. */
  putMessages(conversationId: ConversationId, messages: readonly Message[], beginning?: Seq): Promise<void>;

  /** What is cached of each conversation of which anything is; counted with each change, in the same transaction. */
  cached(): Promise<readonly CachedConversation[]>;

  /**
   * Removes the oldest messages of a conversation from the cache and gives what is left of it. What is gone is a hole
   * like any other: nothing says that it is held, updates of it are left out, and windows ask the server for it. The
   * place where the conversation begins stays known.
   */
  evict(eviction: Eviction): Promise<CachedConversation>;

  /** Remembers that somebody looked at a conversation; an earlier time than the one known changes nothing. */
  markOpened(conversationId: ConversationId, at: EpochMs): Promise<void>;

  /**
   * Puts a message behind all others that wait; one that is there already (by `clientMessageId`) moves to the end. `files`
   * are kept with it until it leaves, where there is room for them; without them it keeps those that it has.
   */
  enqueue(outgoing: OutgoingRecord, files?: readonly Blob[]): Promise<void>;

  /** One of the files of a message that waits; undefined where there is none. */
  file(clientMessageId: string, index: number): Promise<Blob | undefined>;

  /**
   * Changes messages that wait, in their place, by `update` (pure; null removes). It gets each as it is stored now, so
   * that programs that change different things of it do not undo each other. Gives those that are there afterwards.
   */
  updateOutgoing(
    clientMessageIds: readonly string[],
    update: (held: OutgoingRecord) => OutgoingRecord | null,
  ): Promise<readonly OutgoingRecord[]>;
  /** Forgets messages that wait; those that are not there are passed over. */
  removeOutgoing(clientMessageIds: readonly string[]): Promise<void>;

  /** Remembers a read position in place of a lower one of the conversation. */
  putRead(mark: ReadMark): Promise<void>;
  /** Forgets read positions, for the timeline shows them; one that has moved on meanwhile stays. */
  removeReads(marks: readonly ReadMark[]): Promise<void>;

  /**
   * Puts what `update` (pure) makes of the pending changes of messages as they are stored now; it may drop some,
   * replace some in their place (by `id`) and append others. Gives them as they are afterwards.
   */
  updateChanges(
    update: (held: readonly PendingChange[]) => readonly PendingChange[],
  ): Promise<readonly PendingChange[]>;

  /** Replaces a conversation's draft; `at` is raised above that of the one held. Gives what is stored. */
  putDraft(draft: Draft): Promise<Draft>;

  /** Stores profiles in place of those of the same users. */
  putUsers(users: readonly User[]): Promise<void>;

  /** Releases the store; nothing may be called afterwards. What is stored stays. */
  close(): Promise<void>;
}

/**
 * What this device keeps: who it is, its session, and one separate store per user, so that accounts never mix. The
 * same guarantees as for `AccountStore` hold.
 */
export interface LocalStore {
  /** `memory`: nothing survives the program. */
  readonly kind: "persistent" | "memory";

  /** This device's id, made by the first call ever and the same from then on. */
  deviceId(): Promise<DeviceId>;

  /** The session saved last; null when there is none. */
  loadSession(): Promise<StoredSession | null>;
  /** Null forgets the session. */
  saveSession(session: StoredSession | null): Promise<void>;

  /** Opens what this device has of the user, empty at first. Accounts may be open beside each other. */
  openAccount(userId: UserId): Promise<AccountStore>;
  /** Erases all that this device has of the user. Open stores of it stop working, in other tabs too. */
  removeAccount(userId: UserId): Promise<void>;

  /** Releases the store and its accounts; nothing may be called afterwards. What is stored stays. */
  close(): Promise<void>;
}
