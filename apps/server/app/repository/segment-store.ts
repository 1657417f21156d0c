import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import type { IndexBacklog, IndexPosition, SegmentStore, StoredSegment } from "../core/search/ports.ts";
import { type Run, type Segment, decodeRuns, encodeRuns } from "../core/search/segment.ts";
import type { MessageStore } from "../core/messages/message-store.ts";
import { reachable } from "./errors.ts";
import type { Sql } from "./sql.ts";

/** The row of `setting` that says until when somebody has the turn. */
const TURN = "search-until";
/** Digits of a padded time: text then compares like the number. */
const PADDED = 16;
/** Rows that one statement deletes when the index is emptied. */
const ROWS_PER_DELETE = 200;

const padded = (ms: number) => String(ms).padStart(PADDED, "0");

/** The segments of the index of words, on SQL. */
export class SqlSegmentStore implements SegmentStore {
  readonly #sql: Sql;
  readonly #messages: Pick<MessageStore, "page" | "changedAfter">;

  constructor(sql: Sql, messages: Pick<MessageStore, "page" | "changedAfter">) {
    this.#sql = sql;
    this.#messages = messages;
  }

  async takeTurn(now: EpochMs, until: EpochMs, held?: EpochMs): Promise<boolean> {
    await this.#sql.insert("setting", ["name", "value"], [[TURN, padded(0)]], "ignore");
    const taken = await this.#sql.update(
      "UPDATE setting SET value = :until WHERE name = :name AND (value < :now OR value = :held)",
      { name: TURN, until: padded(until), now: padded(now), held: held === undefined ? "" : padded(held) },
    );
    return taken === 1;
  }

  async endTurn(held: EpochMs): Promise<void> {
    await this.#sql.update("UPDATE setting SET value = :none WHERE name = :name AND value = :held", {
      name: TURN,
      none: padded(0),
      held: padded(held),
    });
  }

  async backlog(limit: number): Promise<IndexBacklog[]> {
    const rows = await this.#sql.select<{
      conversation_id: ConversationId;
      last_seq: Seq;
      last_change_seq: Seq;
      seq: Seq;
      change_seq: Seq;
    }>(
      `SELECT c.conversation_id, c.last_seq, c.change_seq AS last_change_seq,
         COALESCE(i.seq, 0) AS seq, COALESCE(i.change_seq, 0) AS change_seq
       FROM conversation c LEFT JOIN search_position i ON i.conversation_id = c.conversation_id
       WHERE c.last_seq > COALESCE(i.seq, 0) OR c.change_seq > COALESCE(i.change_seq, 0) LIMIT :limit`,
      { limit },
    );
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      lastSeq: row.last_seq,
      lastChangeSeq: row.last_change_seq,
      seq: row.seq,
      changeSeq: row.change_seq,
    }));
  }

  messagesAfter(conversationId: ConversationId, seq: Seq, upTo: Seq, limit: number): Promise<Message[]> {
    return this.#messages.page(conversationId, [{ from: seq, to: upTo }], limit, "ascending");
  }

  changedAfter(
    conversationId: ConversationId,
    changeSeq: Seq,
    limit: number,
  ): Promise<{ message: Message; changeSeq: Seq }[]> {
    return this.#messages.changedAfter(conversationId, changeSeq, limit);
  }

  async smallSegments(size: number): Promise<(StoredSegment & { runs: readonly Run[] })[]> {
    const rows = await this.#sql.select<{ segment_id: number; size: number; runs: Buffer }>(
      "SELECT segment_id, size, runs FROM search_segment WHERE size < :size ORDER BY segment_id",
      { size },
    );
    return rows.map((row) => ({ segmentId: row.segment_id, size: row.size, runs: decodeRuns(row.runs) }));
  }

  async replace(segment: Segment, replaced: readonly number[], positions: readonly IndexPosition[]): Promise<void> {
    const { clock, database } = this.#sql;
    await reachable(() =>
      database.sequelize.transaction(async (transaction) => {
        if (segment.size > 0) {
          // Two nodes that add one at a time meet at the key, and one of them has to begin anew.
          const [row] = await this.#sql.select<{ last: number | null }>(
            "SELECT MAX(segment_id) AS last FROM search_segment",
            {},
            transaction,
          );
          const id = (row?.last ?? 0) + 1;
          const times = [clock.toColumn(segment.firstAt), clock.toColumn(segment.lastAt)];
          await this.#sql.insert(
            "search_segment",
            ["segment_id", "size", "first_at", "last_at", "runs"],
            [[id, segment.size, ...times, encodeRuns(segment.runs)]],
            "refuse",
            transaction,
          );
          await this.#sql.insert(
            "search_posting",
            ["segment_id", "bucket", "postings"],
            [...segment.buckets].toSorted(([a], [b]) => a - b).map(([bucket, postings]) => [id, bucket, postings]),
            "refuse",
            transaction,
          );
        }
        if (replaced.length > 0) {
          const ids = { ids: replaced };
          await this.#sql.run("DELETE FROM search_segment WHERE segment_id IN (:ids)", ids, transaction);
          await this.#sql.run("DELETE FROM search_posting WHERE segment_id IN (:ids)", ids, transaction);
        }
        await this.#sql.insert(
          "search_position",
          ["conversation_id", "seq", "change_seq"],
          positions.map(({ conversationId, seq, changeSeq }) => [conversationId, seq, changeSeq]),
          { key: ["conversation_id"], update: ["seq", "change_seq"] },
          transaction,
        );
      }),
    );
  }

  async clear(): Promise<void> {
    await this.#sql.run("DELETE FROM search_position", {});
    const rows = await this.#sql.select<{ segment_id: number }>("SELECT segment_id FROM search_segment", {});
    for (let at = 0; at < rows.length; at += ROWS_PER_DELETE) {
      const ids = rows.slice(at, at + ROWS_PER_DELETE).map((row) => row.segment_id);
      for (const table of ["search_segment", "search_posting"]) {
        await this.#sql.run(`DELETE FROM ${table} WHERE segment_id IN (:ids)`, { ids });
      }
    }
  }
}
