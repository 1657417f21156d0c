import type { ConversationId, Entry, Message, SendResponse, UserId } from "@im-webapp/protocol";

/** One time that a client put a message on the wire. A retry is another attempt with the same clientMessageId. */
export interface Attempt {
  readonly sender: UserId;
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  readonly text: string;
  /** The socket that carried it: calls of one socket to one conversation take effect in the order of being sent. */
  readonly socket: string;
  /** `unknown`: no answer came, so that it may or may not have taken effect. */
  outcome: "acknowledged" | "refused" | "unknown";
  /** With `acknowledged` only. */
  acknowledgement?: SendResponse;
}

/** What one user's device has in the end, read page by page, and what it was pushed on the way. */
export interface Reading {
  readonly userId: UserId;
  /** `sync:pull` from 0. */
  readonly timeline: readonly Entry[];
  /** `history:pull` of each conversation that the user is in. */
  readonly conversations: ReadonlyMap<ConversationId, readonly Message[]>;
  /** What each of the user's connections was pushed, in the order of arrival. */
  readonly pushed: readonly (readonly Entry[])[];
}

/** All that is known from outside of one run, in which membership did not change. */
export interface History {
  /** In the order of being put on the wire. */
  readonly attempts: readonly Attempt[];
  readonly members: ReadonlyMap<ConversationId, ReadonlySet<UserId>>;
  readonly readings: readonly Reading[];
}
