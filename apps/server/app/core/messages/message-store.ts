import type { ConversationId, Message, Seq } from "@im-webapp/protocol";
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
}

/** The part of the spans above `seq`. */
export function spansAfter(spans: readonly Span[], seq: Seq): Span[] {
  return spans.map(({ from, to }) => ({ from: Math.max(from, seq), to })).filter(({ from, to }) => to > from);
}

/** The part of the spans up to and including `seq`. */
export function spansUpTo(spans: readonly Span[], seq: Seq): Span[] {
  return spans.map(({ from, to }) => ({ from, to: Math.min(to, seq) })).filter(({ from, to }) => to > from);
}
