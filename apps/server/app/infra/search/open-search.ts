import { createHash } from "node:crypto";
import type { Client } from "@opensearch-project/opensearch";
import type { Term } from "../../core/search/grams.ts";
import { unavailable } from "../../core/shared/errors.ts";

/** Longest wait for an answer, in milliseconds; then the caller is told to come again. */
const TIMEOUT_MS = 10_000;
const RETRIES = 2;
/** Hexadecimal digits of a term: text then compares like the number. */
const TERM_DIGITS = 12;

/** Where the engine is, and what the index is called there. */
export interface EngineAddress {
  /** With user and password, where it asks for them. */
  readonly url: string;
  readonly index: string;
}

/** What the engine keeps of a message: where it is, when it was sent, and by what it is found. */
export interface EngineDocument {
  readonly conversationId: string;
  readonly seq: number;
  readonly sentAt: number;
  readonly terms: readonly string[];
}

/** A term as the engine keeps it. */
export const termText = (term: Term): string => term.toString(16).padStart(TERM_DIGITS, "0");

/** An index in an OpenSearch, which is loaded and connected to when it is first used. */
export class OpenSearch {
  readonly index: string;
  readonly #url: string;
  #client: Promise<Client> | undefined;

  constructor({ url, index }: EngineAddress) {
    this.index = index;
    this.#url = url;
  }

  /** Tells this index from those of the same name elsewhere, and says no secret. */
  get name(): string {
    const { host, pathname } = new URL(this.#url);
    return `opensearch-1-${createHash("sha256").update(`${host}${pathname} ${this.index}`).digest("hex").slice(0, 32)}`;
  }

  /** @throws {ImError} `UNAVAILABLE` when it cannot be reached or refuses */
  async ask<R>(work: (client: Client) => Promise<R>): Promise<R> {
    try {
      return await work(await (this.#client ??= connect(this.#url)));
    } catch (error) {
      throw unavailable("the search engine does not answer", error);
    }
  }

  async close(): Promise<void> {
    await (await this.#client)?.close();
  }
}

async function connect(address: string): Promise<Client> {
  const { Client: OpenSearchClient } = await import("@opensearch-project/opensearch");
  const { username, password, origin, pathname } = new URL(address);
  return new OpenSearchClient({
    node: origin + pathname.replace(/\/$/, ""),
    requestTimeout: TIMEOUT_MS,
    maxRetries: RETRIES,
    ...(username !== "" && {
      auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  });
}
