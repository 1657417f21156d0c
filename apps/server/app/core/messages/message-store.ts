import type { ConversationId, EpochMs, Message, Seq, UserId } from "@im-webapp/protocol";
import type { Span } from "../timeline/model.ts";

/** The message store, read side. */
export interface MessageStore {
  /**
   * Up to `limit` messages within the spans (ascending, not overlapping), the nearest to the place: `ascending` those
   * from the lowest `seq` up, else from the highest down. Always given ascending by `seq`.
   */
  page(
    conversationId: ConversationId,
    spans: readonly Span[],
    limit: number,
    order: "ascending" | "descending",
  ): Promise<Message[]>;
  /** The first message of the span that was sent at that time or later. Messages are in the order of their times. */
  firstSince(conversationId: ConversationId, span: Span, at: EpochMs): Promise<Seq | undefined>;
  /** Up to `limit` messages whose last change comes after that change, in the order of their last change. */
  changedAfter(
    conversationId: ConversationId,
    after: Seq,
    limit: number,
  ): Promise<{ message: Message; changeSeq: Seq }[]>;
  /**
   * Up to `limit` members at present, with ids above `after`, who have read up to the message or beyond, or (`read` is
   * false) who may read it and have not; its sender left out. Ascending by id.
   */
  readers(conversationId: ConversationId, seq: Seq, read: boolean, after: UserId, limit: number): Promise<UserId[]>;
  /** How many there are of both. */
  countReaders(conversationId: ConversationId, seq: Seq): Promise<{ read: number; unread: number }>;
}

/** The part of the spans above `seq`. */
export function spansAfter(spans: readonly Span[], seq: Seq): Span[] {
  return spans.map(({ from, to }) => ({ from: Math.max(from, seq), to })).filter(({ from, to }) => to > from);
}

/** The part of the spans up to and including `seq`. */
export function spansUpTo(spans: readonly Span[], seq: Seq): Span[] {
  return spans.map(({ from, to }) => ({ from, to: Math.min(to, seq) })).filter(({ from, to }) => to > from);
}
