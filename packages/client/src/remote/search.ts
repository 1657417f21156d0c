import { findWords, searchableText, searchWords } from "@im-webapp/protocol";
import type {
  ConversationId,
  EpochMs,
  Message,
  SearchHit,
  SearchKind,
  SearchMessagesResponse,
  Seq,
  UserId,
} from "@im-webapp/protocol";
import { ImError } from "../errors.ts";
import { search } from "../transport/rest.ts";
import { usersOfMessage } from "../users/mentioned-users.ts";
import type { RemoteContext } from "./remote.ts";

/** What to look for. Every word of the query must be in a message; at least one of the first four is needed. */
export interface SearchQuestion {
  /** At most 200 characters. Chinese words are found anywhere, words of letters by their beginning. */
  readonly query: string;
  /** In this conversation alone. */
  readonly conversationId?: ConversationId | undefined;
  /** By this user alone. */
  readonly senderId?: UserId | undefined;
  /** Messages of this kind alone. */
  readonly kind?: SearchKind | undefined;
  /** Sent at this time or later. */
  readonly from?: EpochMs | undefined;
  /** Sent before this time. */
  readonly to?: EpochMs | undefined;
}

/** A page of what was found, the newest first. */
export interface SearchResult extends SearchMessagesResponse {
  /** `cache`: the server could not be reached, and this is what the device has. */
  readonly source: "server" | "cache";
}

/** Messages read from the cache at once. */
const PAGE = 500;
/** How long a search of the cache may take, in milliseconds: what it has found by then is what it gives. */
const LOCAL_MS = 1_500;
/** Most hits of a search of the cache. */
const MOST_LOCAL = 100;

/** Finding what was said. */
export class SearchCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * A page of messages that the user may read. Without a connection it looks through what this device has cached, for at
   * most 1.5 seconds, and gives up to 100 hits in one page. `ranges` of a hit are places in `searchableText` of its content.
   * A page can be short and have more behind it.
   */
  async messages(question: SearchQuestion, page?: string): Promise<SearchResult> {
    const result = await this.#ask(question, page);
    this.#context.account().directory.want(result.hits.flatMap(({ message }) => usersOfMessage(message)));
    return result;
  }

  async #ask(
    { query, conversationId, senderId, kind, from, to }: SearchQuestion,
    page?: string,
  ): Promise<SearchResult> {
    const asked = search({
      query,
      conversationId,
      senderId,
      kind,
      from: from?.toString(),
      to: to?.toString(),
      page,
    });
    try {
      const path = `/search/messages?${asked}`;
      return { ...(await this.#context.send<SearchMessagesResponse>({ method: "GET", path })), source: "server" };
    } catch (error) {
      const isAway = error instanceof ImError && error.code === "UNAVAILABLE";
      if (!isAway || page !== undefined) throw error;
      return this.#local({ query, conversationId, senderId, kind, from, to });
    }
  }

  async #local(question: SearchQuestion): Promise<SearchResult> {
    const { store } = this.#context.account();
    const until = performance.now() + LOCAL_MS;
    const words = searchWords(question.query);
    // What somebody has looked at last comes first, should the time not suffice.
    const conversations = (await store.cached())
      .filter(({ conversationId }) => (question.conversationId ?? conversationId) === conversationId)
      .toSorted((a, b) => b.openedAt - a.openedAt);
    const hits: SearchHit[] = [];
    for (const { conversationId } of conversations) {
      let before: Seq | undefined;
      do {
        const { messages } = await store.messages(conversationId, PAGE, before);
        hits.push(...messages.flatMap((message) => hitOf(message, question, words) ?? []));
        before = messages[0]?.seq;
      } while (before !== undefined && before > 1 && performance.now() < until);
      if (performance.now() >= until) break;
    }
    const newest = hits.toSorted((a, b) => b.message.sentAt - a.message.sentAt);
    return { hits: newest.slice(0, MOST_LOCAL), more: false, source: "cache" };
  }
}

function hitOf(message: Message, question: SearchQuestion, words: readonly string[]): SearchHit | undefined {
  const { senderId, kind, from = 0, to = Infinity } = question;
  const { content, sentAt } = message;
  if (content.kind === "system" || (kind ?? content.kind) !== content.kind) return undefined;
  if ((senderId ?? message.senderId) !== message.senderId || sentAt < from || sentAt >= to) return undefined;
  const ranges = findWords(searchableText(content), words);
  return ranges && { message, ranges: ranges.map(([start, end]) => [start, end]) };
}
