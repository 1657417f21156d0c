import { termsOf } from "../../core/search/grams.ts";
import type { ChangePosition, IndexPosition, IndexPositions, IndexTarget } from "../../core/search/index-ports.ts";
import type { Pace } from "../../core/search/pace.ts";
import type { IndexedMessage } from "../../core/search/segment.ts";
import { type EngineDocument, type OpenSearch, termText } from "./open-search.ts";

/** Messages of one call: some megabytes. */
const MESSAGES_PER_CALL = 2_000;

/** Terms are only looked up: neither counted nor sorted by, and never given back. */
const MAPPINGS = {
  dynamic: "strict",
  _source: { enabled: false },
  properties: {
    conversationId: { type: "keyword" },
    seq: { type: "long" },
    sentAt: { type: "long" },
    terms: { type: "keyword", doc_values: false, norms: false },
  },
} as const;

/**
 * The index in an OpenSearch. A message is there before the position says so, and its document has its place as a name:
 * a process that dies between the two does the same again.
 */
export class OpenSearchTarget implements IndexTarget {
  readonly #engine: OpenSearch;
  readonly #positions: IndexPositions;
  readonly #pace: Pace;

  constructor(engine: OpenSearch, positions: IndexPositions, pace: Pace) {
    this.#engine = engine;
    this.#positions = positions;
    this.#pace = pace;
  }

  get name(): string {
    return this.#engine.name;
  }

  async add(messages: readonly IndexedMessage[], positions: readonly IndexPosition[]): Promise<void> {
    await this.#put(messages);
    await this.#positions.add(positions);
  }

  async rewrite(messages: readonly IndexedMessage[], positions: readonly ChangePosition[]): Promise<void> {
    await this.#put(messages);
    await this.#positions.follow(positions);
  }

  /** The engine merges by itself. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }

  async clear(): Promise<void> {
    const { index } = this.#engine;
    await this.#positions.clear();
    await this.#engine.ask(async (client) => {
      await client.indices.delete({ index, ignore_unavailable: true });
      await client.indices.create({ index, body: { mappings: MAPPINGS } });
    });
  }

  async #put(messages: readonly IndexedMessage[]): Promise<void> {
    const { index } = this.#engine;
    for (let at = 0; at < messages.length; at += MESSAGES_PER_CALL) {
      const body: object[] = [];
      for (const document of messages.slice(at, at + MESSAGES_PER_CALL)) {
        body.push({ index: { _index: index, _id: document.message.messageId } }, documentOf(document));
        if (this.#pace.isOver) await this.#pace.rest();
      }
      await this.#engine.ask(async (client) => {
        // Searches must find it before the position says that they need not look elsewhere.
        const answer = await client.bulk({ body, refresh: "wait_for" });
        if (answer.body.errors) throw new Error(firstFault(answer.body.items));
      });
    }
  }
}

function documentOf(document: IndexedMessage): EngineDocument {
  const { conversationId, seq, sentAt } = document.message;
  return { conversationId, seq, sentAt, terms: [...termsOf(document)].map(termText) };
}

function firstFault(items: readonly object[]): string {
  const fault = items.flatMap((item) => Object.values(item) as { error?: unknown }[]).find(({ error }) => error);
  return `a message was not taken: ${JSON.stringify(fault?.error)}`;
}
