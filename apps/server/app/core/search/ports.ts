import type { ConversationId, EpochMs, Message, SearchKind, Seq, UserId } from "@im-webapp/protocol";
import type { Participation } from "../conversations/access.ts";
import type { MessagePlace, Span } from "../timeline/model.ts";

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

/** What no index has yet. */
export interface UnindexedMessages {
  /** Messages of the scopes that are not in the index, or have changed since. */
  candidates(scopes: readonly SearchScope[]): Promise<CandidateRun[]>;
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
