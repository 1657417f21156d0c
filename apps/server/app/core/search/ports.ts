import type { ConversationId, EpochMs, Message, SearchKind, Seq, UserId } from "@im-webapp/protocol";
import type { Participation } from "../conversations/access.ts";
import type { MessagePlace, Span } from "../timeline/model.ts";
import type { TermsByPlace } from "./postings.ts";
import type { IndexedMessage, Run, Segment } from "./segment.ts";

/** A conversation in which one may look, and what of it. */
export interface SearchScope {
  readonly conversationId: ConversationId;
  readonly spans: readonly Span[];
  /** The newest message, and the newest change, that the asker may see. */
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
}

export interface SearchQuestion {
  readonly query: string;
  readonly scopes: readonly SearchScope[];
  readonly senderId?: UserId | undefined;
  readonly kind?: SearchKind | undefined;
  /** Only messages that are files to look for. */
  readonly isFile?: boolean;
  /** Messages sent before `from`, or at `to` or later, are not asked for. */
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Messages of one conversation that may be an answer. */
export interface CandidateRun {
  readonly conversationId: ConversationId;
  /** Ascending. */
  readonly seqs: readonly Seq[];
  /** When each of them was sent; none where that is not known. */
  readonly times?: readonly EpochMs[];
}

export interface Candidates {
  readonly runs: readonly CandidateRun[];
  /** Nothing that comes after these was sent later. */
  readonly restAt: EpochMs;
}

/**
 * Finds where something may have been said: every message of the scopes that answers the question is among the candidates,
 * perhaps more than once and with others, which the caller tells apart by the messages themselves. What one may see is
 * the caller's to decide; an index gives nothing outside the scopes.
 */
export interface SearchIndex {
  candidates(question: SearchQuestion): AsyncIterable<Candidates>;
}

/** What is known of a file by itself. */
export interface UploadedFile {
  readonly name: string;
  readonly mime: string;
}

/** What a search reads besides the index. */
export interface SearchReader {
  /** Every conversation that a user is or was in. */
  participations(userId: UserId): Promise<Participation[]>;
  /** Those of the messages that exist. */
  messages(places: readonly MessagePlace[]): Promise<Message[]>;
  /** What was uploaded under these ids. */
  files(fileIds: readonly string[]): Promise<ReadonlyMap<string, UploadedFile>>;
  /** Those of the messages that the user has deleted for themself, perhaps with others that they have deleted. */
  deletions(userId: UserId, places: readonly MessagePlace[]): Promise<MessagePlace[]>;
}

/** How far the index has come in a conversation. */
export interface IndexPosition {
  readonly conversationId: ConversationId;
  /** Messages up to this one are in segments. */
  readonly seq: Seq;
  /** And so is what changes up to this one made of them. */
  readonly changeSeq: Seq;
}

/** A conversation of which the index does not have all. */
export interface IndexBacklog extends IndexPosition {
  readonly lastSeq: Seq;
  readonly lastChangeSeq: Seq;
}

export type ChangePosition = Pick<IndexPosition, "conversationId" | "changeSeq">;

export interface IndexChanges {
  readonly messages: readonly IndexedMessage[];
  readonly positions: readonly ChangePosition[];
  readonly isMore: boolean;
}

export interface StoredSegment {
  readonly segmentId: number;
  /** How many messages. */
  readonly size: number;
  readonly runs: readonly Run[];
}

/** Consecutive messages of a conversation. */
export interface MessageRange {
  readonly conversationId: ConversationId;
  readonly firstSeq: Seq;
  readonly count: number;
}

/** Messages that a segment holds, and what they are found by now. */
export interface HeldPlaces {
  readonly segmentId: number;
  readonly terms: TermsByPlace;
}

/** The segments, as the indexer sees them. */
export interface SegmentStore {
  /** Takes the turn up to `until`, or keeps the one that it had up to `held`; false when another node has it. */
  takeTurn(now: EpochMs, until: EpochMs, held?: EpochMs): Promise<boolean>;
  /** Gives up the turn that it had up to `held`. */
  endTurn(held: EpochMs): Promise<void>;
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
  /** Empties the index. */
  clear(): Promise<void>;
}
