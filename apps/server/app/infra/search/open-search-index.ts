import type { EpochMs } from "@im-webapp/protocol";
import { type TermRange, questionRanges } from "../../core/search/grams.ts";
import type {
  Candidates,
  SearchIndex,
  SearchQuestion,
  SearchScope,
  UnindexedMessages,
} from "../../core/search/ports.ts";
import { type OpenSearch, termText } from "./open-search.ts";

/** Candidates of the first answer; each further one has twice as many. */
const FIRST_PAGE = 128;
const LARGEST_PAGE = 2_048;

/** Conversations of which a part is seen that are told apart there, below the engine's bound of 1,024 clauses. */
const MAX_PARTS = 500;

/** Where an answer ends, by the order of the messages. */
type After = readonly [sentAt: EpochMs, conversationId: string, seq: number];

/** The newest first, as `NewestHits` has them. */
const ORDER = [{ sentAt: "desc" }, { conversationId: "desc" }, { seq: "desc" }] as const;

/** The index of words in an OpenSearch. */
export class OpenSearchIndex implements SearchIndex {
  readonly #engine: OpenSearch;
  readonly #unindexed: UnindexedMessages;

  constructor(engine: OpenSearch, unindexed: UnindexedMessages) {
    this.#engine = engine;
    this.#unindexed = unindexed;
  }

  async *candidates(question: SearchQuestion): AsyncIterable<Candidates> {
    if (question.scopes.length === 0) return;
    // Before the engine is asked: what moves from here to there meanwhile is met twice rather than never.
    yield { runs: await this.#unindexed.candidates(question.scopes), restAt: Infinity };
    let after: After | undefined;
    for (let size = FIRST_PAGE; ; size = Math.min(2 * size, LARGEST_PAGE)) {
      const found = await this.#page(question, size, after);
      after = found.at(-1);
      yield {
        runs: found.map(([sentAt, conversationId, seq]) => ({ conversationId, seqs: [seq], times: [sentAt] })),
        restAt: found.length < size ? -Infinity : (after?.[0] ?? -Infinity),
      };
      if (found.length < size) return;
    }
  }

  #page(question: SearchQuestion, size: number, after: After | undefined): Promise<After[]> {
    const { from, to, scopes } = question;
    const filter = [
      { range: { sentAt: { gte: from, lt: to } } },
      { bool: { should: scopesFilter(scopes), minimum_should_match: 1 } },
      ...questionRanges(question).map(termFilter),
    ];
    const body = {
      size,
      query: { bool: { filter } },
      sort: ORDER,
      _source: false,
      track_total_hits: false,
      ...(after && { search_after: [...after] }),
    };
    return this.#engine.ask(async (client) => {
      // An index that is still to be made has nothing.
      const answer = await client.search({ index: this.#engine.index, ignore_unavailable: true, body: body as object });
      return answer.body.hits.hits.map(({ sort }) => sort as unknown as After);
    });
  }
}

function termFilter({ first, last }: TermRange) {
  if (first === last) return { term: { terms: termText(first) } };
  return { range: { terms: { gte: termText(first), lte: termText(last) } } };
}

/**
 * The conversations that are seen wholly together, and each other one with what of it is seen. Where that would be too
 * many conditions the rest counts as seen wholly: whoever asks looks at the messages themselves.
 */
function scopesFilter(scopes: readonly SearchScope[]) {
  const isWhole = ({ spans, lastSeq }: SearchScope) => spans.some(({ from, to }) => from === 0 && to >= lastSeq);
  const parts = scopes.filter((scope) => !isWhole(scope)).slice(0, MAX_PARTS);
  const whole = scopes.filter((scope) => !parts.includes(scope)).map(({ conversationId }) => conversationId);
  return [
    ...(whole.length > 0 ? [{ terms: { conversationId: whole } }] : []),
    ...parts.map(({ conversationId, spans }) => ({
      bool: {
        filter: [
          { term: { conversationId } },
          { range: { seq: { gt: spans[0]?.from ?? 0, lte: spans.at(-1)?.to ?? 0 } } },
        ],
      },
    })),
  ];
}
