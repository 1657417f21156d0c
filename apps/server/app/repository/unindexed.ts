import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { CandidateRun, SearchScope, UnindexedMessages } from "../core/search/ports.ts";
import type { Span } from "../core/timeline/model.ts";
import type { Sql } from "./sql.ts";

/** Messages outside the index that one search looks at; where more wait, the newest of each conversation. */
const MAX_UNINDEXED = 2_000;
const MAX_CHANGED = 500;

/** What an index does not have yet, whichever it is: looked through message by message. */
export class Unindexed implements UnindexedMessages {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** What the index does not know yet: messages after its positions, and those that have changed. */
  async candidates(scopes: readonly SearchScope[]): Promise<CandidateRun[]> {
    const rows = await this.#sql.select<{ conversation_id: ConversationId; seq: Seq; change_seq: Seq }>(
      "SELECT conversation_id, seq, change_seq FROM search_position WHERE conversation_id IN (:ids)",
      { ids: scopes.map(({ conversationId }) => conversationId) },
    );
    const positions = new Map(rows.map((row) => [row.conversation_id, row]));
    const ahead = scopes.map((scope) => {
      const position = positions.get(scope.conversationId);
      return { ...scope, indexed: position?.seq ?? 0, known: position?.change_seq ?? 0 };
    });
    const fresh: CandidateRun[] = [];
    const waiting = ahead.filter(({ lastSeq, indexed }) => lastSeq > indexed);
    let room = MAX_UNINDEXED;
    // Those that need the least come first, and leave the others what they do not need.
    for (const [index, { conversationId, spans, lastSeq, indexed }] of waiting
      .toSorted((a, b) => a.lastSeq - a.indexed - (b.lastSeq - b.indexed))
      .entries()) {
      const share = Math.max(1, Math.floor(room / (waiting.length - index)));
      const seqs = within(spans, Math.max(indexed, lastSeq - share), lastSeq);
      room -= seqs.length;
      if (seqs.length > 0) fresh.push({ conversationId, seqs });
    }
    return [
      ...fresh,
      ...(await this.#changed(ahead.filter(({ changeSeq, known, indexed }) => indexed > 0 && changeSeq > known))),
    ];
  }

  async #changed(
    scopes: readonly { conversationId: ConversationId; known: Seq; indexed: Seq }[],
  ): Promise<CandidateRun[]> {
    if (scopes.length === 0) return [];
    const where = scopes.map((_, i) => `(conversation_id = :id${i} AND change_seq > :known${i} AND seq <= :seq${i})`);
    const values = scopes.flatMap(({ conversationId, known, indexed }, i): [string, string | number][] => [
      [`id${i}`, conversationId],
      [`known${i}`, known],
      [`seq${i}`, indexed],
    ]);
    const rows = await this.#sql.select<{ conversation_id: ConversationId; seq: Seq }>(
      `SELECT conversation_id, seq FROM message
       WHERE (${where.join(" OR ")}) AND edited_at IS NOT NULL AND recalled_at IS NULL LIMIT :limit`,
      { ...Object.fromEntries(values), limit: MAX_CHANGED },
    );
    return rows.map((row) => ({ conversationId: row.conversation_id, seqs: [row.seq] }));
  }
}

/** The sequence numbers above `after` up to `last` that lie within the spans. */
function within(spans: readonly Span[], after: Seq, last: Seq): Seq[] {
  return spans.flatMap(({ from, to }) => {
    const [low, high] = [Math.max(from, after), Math.min(to, last)];
    return Array.from({ length: Math.max(0, high - low) }, (_, i) => low + 1 + i);
  });
}
