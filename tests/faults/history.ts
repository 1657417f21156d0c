import type {
  Conversation,
  ConversationId,
  Entry,
  ErrorCode,
  GroupPushEvent,
  Message,
  Seq,
  SendResponse,
  UserId,
} from "@im-webapp/protocol";

/** `unknown`: no answer came, so that it may or may not have taken effect. */
export type AttemptOutcome = "acknowledged" | "refused" | "unknown";

/** One time that a client put a message on the wire. A retry is another attempt with the same clientMessageId. */
export interface Attempt {
  readonly sender: UserId;
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  readonly text: string;
  /** The socket that carried it: calls of one socket to one conversation take effect in the order of being sent. */
  readonly socket: string;
  outcome: AttemptOutcome;
  /** With `acknowledged` only. */
  acknowledgement?: SendResponse;
  /** With `refused` only. */
  code?: ErrorCode;
}

/** One time that a client asked for a message to be changed. */
export interface ChangeAttempt {
  readonly by: UserId;
  readonly conversationId: ConversationId;
  readonly seq: Seq;
  readonly what: { readonly edit: string } | "recall" | "react";
  outcome: AttemptOutcome;
  /** With `acknowledged` only: the message's version after it. */
  version?: number;
  /** With `refused` only. */
  code?: ErrorCode;
}

/** A read position that was acknowledged. */
export interface ReadMark {
  readonly userId: UserId;
  readonly conversationId: ConversationId;
  readonly readSeq: Seq;
}

/** What a device that was there all along, through every fault, holds in the end. */
export interface DeviceState {
  readonly name: string;
  /** Entries applied, in their order. */
  readonly entries: readonly Entry[];
  /** Messages by conversation, ascending by `seq`, in the highest version seen. */
  readonly conversations: ReadonlyMap<ConversationId, readonly Message[]>;
}

/** What one user's device has in the end, read page by page, and what it was pushed on the way. */
export interface Reading {
  readonly userId: UserId;
  /** `sync:pull` from 0. */
  readonly timeline: readonly Entry[];
  /** `history:pull` of each conversation that the user is or was in. */
  readonly conversations: ReadonlyMap<ConversationId, readonly Message[]>;
  /** What each of the user's connections was pushed, in the order of arrival. */
  readonly pushed: readonly (readonly Entry[])[];
  /** The same of `group:push`. */
  readonly groupPushed: readonly GroupPushEvent[];
  /** `sync:bootstrap`. */
  readonly list: readonly Conversation[];
  readonly devices: readonly DeviceState[];
}

/** All that is known from outside of one run. */
export interface History {
  /** In the order of being put on the wire. */
  readonly attempts: readonly Attempt[];
  readonly changes: readonly ChangeAttempt[];
  readonly reads: readonly ReadMark[];
  /** Who was in each conversation at first; what its system messages say of comings and goings adds to that. */
  readonly members: ReadonlyMap<ConversationId, ReadonlySet<UserId>>;
  readonly readings: readonly Reading[];
  /** Groups above this size are read from the conversation, not from each timeline. */
  readonly fanoutMaxMembers: number;
}
