import type { ConversationId, EpochMs } from "@im-webapp/protocol";
import { BUCKETS_OF_FIRST, type TermRange, bucketsOf, questionRanges } from "../core/search/grams.ts";
import type { CandidateRun, Candidates, SearchIndex, SearchQuestion, UnindexedMessages } from "../core/search/ports.ts";
import { markPostings } from "../core/search/postings.ts";
import { markedMessages } from "../core/search/segment.ts";
import type { Span } from "../core/timeline/model.ts";
import type { Sql } from "./sql.ts";

/** Segments looked at in the first step, which is all that frequent words need; each further one takes four times more. */
const FIRST_STEP = 2;
const STEP_GROWTH = 4;
const LARGEST_STEP = 64;
/** How often a search begins anew because segments were replaced under it. */
const ATTEMPTS = 3;

interface SegmentRow {
  readonly segment_id: number;
  readonly size: number;
  readonly last_at: string;
}

type SpansOf = ReadonlyMap<ConversationId, readonly Span[]>;

/** The index of words in tables of its own, on SQL. */
export class SqlSearchIndex implements SearchIndex {
  readonly #sql: Sql;
  readonly #unindexed: UnindexedMessages;

  constructor(sql: Sql, unindexed: UnindexedMessages) {
    this.#sql = sql;
    this.#unindexed = unindexed;
  }

  async *candidates(question: SearchQuestion): AsyncIterable<Candidates> {
    if (question.scopes.length === 0) return;
    // Before the segments: what moves from here to there meanwhile is met twice rather than never.
    const unindexed = await this.#unindexed.candidates(question.scopes);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const segments = await this.#segments(question);
      yield { runs: attempt === 1 ? unindexed : [], restAt: newestOf(segments) };
      let isComplete = true;
      for (
        let at = 0, step = FIRST_STEP;
        at < segments.length;
        at += step, step = Math.min(step * STEP_GROWTH, LARGEST_STEP)
      ) {
        const part = segments.slice(at, at + step);
        const runs = await this.#ask(question, part);
        isComplete &&= runs.length === 0 || (await this.#exist(part));
        yield { runs, restAt: newestOf(segments.slice(at + step)) };
      }
      if (isComplete && (await this.#exist(segments))) return;
    }
  }

  async #segments({ from, to }: SearchQuestion): Promise<{ id: number; size: number; lastAt: EpochMs }[]> {
    const rows = await this.#sql.select<SegmentRow & { first_at: string }>(
      "SELECT segment_id, size, first_at, last_at FROM search_segment",
      {},
    );
    const { clock } = this.#sql;
    return rows
      .filter((row) => clock.fromColumn(row.first_at) < to && clock.fromColumn(row.last_at) >= from)
      .map((row) => ({ id: row.segment_id, size: row.size, lastAt: clock.fromColumn(row.last_at) }))
      .toSorted((a, b) => b.lastAt - a.lastAt);
  }

  async #exist(segments: readonly { id: number }[]): Promise<boolean> {
    if (segments.length === 0) return true;
    const [row] = await this.#sql.select<{ count: number }>(
      "SELECT COUNT(*) AS count FROM search_segment WHERE segment_id IN (:ids)",
      { ids: segments.map(({ id }) => id) },
    );
    return row?.count === segments.length;
  }

  async #ask(question: SearchQuestion, segments: readonly { id: number; size: number }[]): Promise<CandidateRun[]> {
    const { scopes, from, to } = question;
    const ranges = questionRanges(question);
    // Beginnings have long rows: they are read of those segments only in which the rest was found.
    const steps = [ranges.filter(isExact), ranges.filter((range) => !isExact(range))].filter(
      ({ length }) => length > 0,
    );
    let marks = new Map(segments.map(({ id, size }) => [id, new Uint8Array(size)]));
    let mark = 0;
    for (const step of steps) {
      const postings = await this.#postings([...marks.keys()], step);
      for (const [id, marked] of marks) markAll(step, mark, marked, (bucket) => postings.get(keyOf(id, bucket)));
      mark += step.length;
      marks = new Map([...marks].filter(([, marked]) => marked.includes(mark)));
    }
    if (marks.size === 0) return [];
    const spans: SpansOf = new Map(scopes.map((scope) => [scope.conversationId, scope.spans]));
    const rows = await this.#sql.select<{ segment_id: number; runs: Buffer }>(
      "SELECT segment_id, runs FROM search_segment WHERE segment_id IN (:ids)",
      { ids: [...marks.keys()] },
    );
    return rows.flatMap((row) => {
      const marked = marks.get(row.segment_id) ?? new Uint8Array();
      return markedMessages(row.runs, marked, ranges.length, { spansOf: (id) => spans.get(id), from, to });
    });
  }

  async #postings(ids: readonly number[], ranges: readonly TermRange[]): Promise<Map<number, Buffer>> {
    const buckets = [...new Set(ranges.flatMap(bucketsOf))];
    if (buckets.length === 0 || ids.length === 0) return new Map();
    const rows = await this.#sql.select<{ segment_id: number; bucket: number; postings: Buffer }>(
      "SELECT segment_id, bucket, postings FROM search_posting WHERE segment_id IN (:ids) AND bucket IN (:buckets)",
      { ids, buckets },
    );
    return new Map(rows.map((row) => [keyOf(row.segment_id, row.bucket), row.postings]));
  }
}

const isExact = ({ first, last }: TermRange) => first === last;

/** Raises by one for each range the marks of the messages that have it, those that have had all before. */
function markAll(
  ranges: readonly TermRange[],
  from: number,
  marks: Uint8Array,
  postingsOf: (bucket: number) => Buffer | undefined,
): void {
  ranges.forEach((range, step) => {
    for (const bucket of bucketsOf(range)) {
      const bytes = postingsOf(bucket);
      if (bytes) markPostings(bytes, range, marks, from + step);
    }
  });
}

const keyOf = (segmentId: number, bucket: number) => segmentId * 256 * BUCKETS_OF_FIRST + bucket;

const newestOf = (segments: readonly { lastAt: EpochMs }[]): EpochMs => segments[0]?.lastAt ?? -Infinity;
