import type { EpochMs } from "@im-webapp/protocol";
import type { Transaction } from "sequelize";
import type {
  ChangePosition,
  HeldPlaces,
  IndexPosition,
  SegmentStore,
  StoredSegment,
} from "../core/search/index-ports.ts";
import { rewritePostings } from "../core/search/postings.ts";
import { type Segment, decodeRuns, encodeRuns } from "../core/search/segment.ts";
import { reachable } from "./errors.ts";
import { addPositions, followChanges } from "./index-positions.ts";
import type { Sql } from "./sql.ts";

/** Rows that one statement deletes when the index is emptied. */
const ROWS_PER_DELETE = 200;

interface SegmentRow {
  readonly segment_id: number;
  readonly size: number;
  readonly runs: Buffer;
}

/** The segments of the index of words, on SQL. */
export class SqlSegmentStore implements SegmentStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async smallSegments(size: number): Promise<StoredSegment[]> {
    const rows = await this.#sql.select<SegmentRow>(
      "SELECT segment_id, size, runs FROM search_segment WHERE size < :size ORDER BY segment_id",
      { size },
    );
    return rows.map(toSegment);
  }

  async segmentsOf(first: EpochMs, last: EpochMs): Promise<StoredSegment[]> {
    const { clock } = this.#sql;
    const rows = await this.#sql.select<SegmentRow>(
      "SELECT segment_id, size, runs FROM search_segment WHERE first_at <= :last AND last_at >= :first",
      { first: clock.toColumn(first), last: clock.toColumn(last) },
    );
    return rows.map(toSegment);
  }

  add(segment: Segment, positions: readonly IndexPosition[]): Promise<void> {
    return this.#transaction(async (transaction) => {
      await this.#insert(segment, transaction);
      await addPositions(this.#sql, positions, transaction);
    });
  }

  replace(segment: Segment, replaced: readonly number[]): Promise<void> {
    return this.#transaction(async (transaction) => {
      await this.#insert(segment, transaction);
      const ids = { ids: replaced };
      await this.#sql.run("DELETE FROM search_segment WHERE segment_id IN (:ids)", ids, transaction);
      await this.#sql.run("DELETE FROM search_posting WHERE segment_id IN (:ids)", ids, transaction);
    });
  }

  rewrite(held: readonly HeldPlaces[], positions: readonly ChangePosition[]): Promise<void> {
    return this.#transaction(async (transaction) => {
      for (const { segmentId, terms } of held) {
        const where = { segmentId };
        const [segment] = await this.#sql.selectForUpdate(
          "SELECT segment_id FROM search_segment WHERE segment_id = :segmentId",
          where,
          transaction,
        );
        if (!segment) throw new Error("the segment was replaced");
        const rows = await this.#sql.select<{ bucket: number; postings: Buffer }>(
          "SELECT bucket, postings FROM search_posting WHERE segment_id = :segmentId",
          where,
          transaction,
        );
        const changed = rewritePostings(new Map(rows.map((row) => [row.bucket, row.postings])), terms);
        const emptied = [...changed].filter(([, postings]) => postings.length === 0).map(([bucket]) => bucket);
        if (emptied.length > 0) {
          await this.#sql.run(
            "DELETE FROM search_posting WHERE segment_id = :segmentId AND bucket IN (:emptied)",
            { ...where, emptied },
            transaction,
          );
        }
        await this.#sql.insert(
          "search_posting",
          ["segment_id", "bucket", "postings"],
          [...changed].filter(([, postings]) => postings.length > 0).map((row) => [segmentId, ...row]),
          { key: ["segment_id", "bucket"], update: ["postings"] },
          transaction,
        );
      }
      await followChanges(this.#sql, positions, transaction);
    });
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

  #transaction(work: (transaction: Transaction) => Promise<void>): Promise<void> {
    return reachable(() => this.#sql.database.sequelize.transaction(work));
  }

  async #insert(segment: Segment, transaction: Transaction): Promise<void> {
    const { clock } = this.#sql;
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
}

const toSegment = (row: SegmentRow): StoredSegment => ({
  segmentId: row.segment_id,
  size: row.size,
  runs: decodeRuns(row.runs),
});
