import type { ConversationId, EpochMs, Seq } from "@im-webapp/protocol";
import type { TermsByPlace } from "./postings.ts";
import type { IndexedMessage, Run, Segment } from "./segment.ts";

/** How far the index has come in a conversation. */
export interface IndexPosition {
  readonly conversationId: ConversationId;
  /** Messages up to this one are in the index. */
  readonly seq: Seq;
  /** And so is what changes up to this one made of them. */
  readonly changeSeq: Seq;
}

export type ChangePosition = Pick<IndexPosition, "conversationId" | "changeSeq">;

/** A conversation of which the index does not have all. */
export interface IndexBacklog extends IndexPosition {
  readonly lastSeq: Seq;
  readonly lastChangeSeq: Seq;
}

export interface IndexChanges {
  readonly messages: readonly IndexedMessage[];
  readonly positions: readonly ChangePosition[];
  readonly isMore: boolean;
}

/** Consecutive messages of a conversation. */
export interface MessageRange {
  readonly conversationId: ConversationId;
  readonly firstSeq: Seq;
  readonly count: number;
}

/** What an index is made from: the messages, and how far it has come with them. */
export interface IndexSource {
  /** Takes the turn up to `until`, or keeps the one that it had up to `held`; false when another node has it. */
  takeTurn(now: EpochMs, until: EpochMs, held?: EpochMs): Promise<boolean>;
  /** Gives up the turn that it had up to `held`. */
  endTurn(held: EpochMs): Promise<void>;
  /** The name of the index to which the positions belong; undefined before the first. */
  owner(): Promise<string | undefined>;
  setOwner(name: string): Promise<void>;
  /** Up to `limit` conversations of which messages are not in the index yet. */
  backlog(limit: number): Promise<IndexBacklog[]>;
  /** When the messages of these ranges were sent, by conversation and ascending. A conversation has one range. */
  timesAfter(ranges: readonly MessageRange[]): Promise<(conversationId: ConversationId) => readonly EpochMs[]>;
  /** The messages of these ranges as they are now, in the order of the ranges. */
  messagesOf(ranges: readonly MessageRange[]): Promise<IndexedMessage[]>;
  /**
   * Messages in the index that were edited or recalled since, up to about `limit` changes, and up to where that follows
   * the changes of each conversation.
   */
  changes(limit: number): Promise<IndexChanges>;
}

/** How far an index has come, where it is not kept with the messages. */
export interface IndexPositions {
  /** These conversations have come so far; that of changes counts for those that are new. */
  add(positions: readonly IndexPosition[]): Promise<void>;
  follow(positions: readonly ChangePosition[]): Promise<void>;
  clear(): Promise<void>;
}

/** An index as it is kept: it takes messages in and says in the same step how far it has come, so that nothing is lost. */
export interface IndexTarget {
  /** Names this index and its form: positions that another one has left mean nothing to it. */
  readonly name: string;
  /** Takes messages in, and moves the positions when it has them for good. The same messages may come again. */
  add(messages: readonly IndexedMessage[], positions: readonly IndexPosition[]): Promise<void>;
  /** Finds these messages by nothing but what they say now, and moves on in the changes. */
  rewrite(messages: readonly IndexedMessage[], positions: readonly ChangePosition[]): Promise<void>;
  /** Does what makes searches faster. */
  tidy(): Promise<void>;
  /** Empties the index and forgets the positions. */
  clear(): Promise<void>;
}

export interface StoredSegment {
  readonly segmentId: number;
  /** How many messages. */
  readonly size: number;
  readonly runs: readonly Run[];
}

/** Messages that a segment holds, and what they are found by now. */
export interface HeldPlaces {
  readonly segmentId: number;
  readonly terms: TermsByPlace;
}

/** The segments of the index in the database. */
export interface SegmentStore {
  /** Segments of fewer messages than `size`, the oldest first. */
  smallSegments(size: number): Promise<StoredSegment[]>;
  /** Segments that may hold messages sent from `first` to `last`. */
  segmentsOf(first: EpochMs, last: EpochMs): Promise<StoredSegment[]>;
  /**
   * Adds a segment and moves the positions, in one transaction.
   *
   * @throws when another node was faster
   */
  add(segment: Segment, positions: readonly IndexPosition[]): Promise<void>;
  /**
   * Adds a segment in place of others, in one transaction.
   *
   * @throws when another node was faster
   */
  replace(segment: Segment, replaced: readonly number[]): Promise<void>;
  /**
   * Makes segments find these messages by nothing but what they are found by now, and moves on in the changes, in one
   * transaction.
   *
   * @throws when another node has replaced such a segment meanwhile
   */
  rewrite(held: readonly HeldPlaces[], positions: readonly ChangePosition[]): Promise<void>;
  /** Empties the index, and forgets the positions. */
  clear(): Promise<void>;
}
