import { findWords, searchableText, searchWords } from "@im-webapp/protocol";
import type {
  ConversationId,
  EpochMs,
  FileHit,
  FileSearchKind,
  Message,
  SearchFilesResponse,
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

/** What files to look for; without anything, all. */
export interface FileQuestion extends Omit<SearchQuestion, "kind"> {
  /** Files of this kind alone: those to be taken along, pictures, or videos. */
  readonly kind?: FileSearchKind | undefined;
}

/** A page of what was found, the newest first. */
export interface SearchResult extends SearchMessagesResponse {
  /** `cache`: the server could not be reached, and this is what the device has. */
  readonly source: "server" | "cache";
}

/** A page of the files that were found, those that were sent last first. */
export interface FileSearchResult extends SearchFilesResponse {
  /** As that of `SearchResult`. */
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
  messages(question: SearchQuestion, page?: string): Promise<SearchResult> {
    return this.#ask<SearchHit>("messages", question, page, messageHit);
  }

  /**
   * A page of files in messages that the user may read, by their names; `ranges` of a hit are places in the name. Without a
   * connection as `messages`: then pictures and videos have no name, and are found without a query only.
   */
  files(question: FileQuestion, page?: string): Promise<FileSearchResult> {
    return this.#ask<FileHit>("files", question, page, fileHit);
  }

  async #ask<H extends { message: Message }>(
    what: "messages" | "files",
    { query, conversationId, senderId, kind, from, to }: SearchQuestion,
    page: string | undefined,
    hitOf: HitOf<H>,
  ): Promise<Found<H>> {
    const filters = { conversationId, senderId, kind };
    const path = `/search/${what}?${search({ query, ...filters, from: from?.toString(), to: to?.toString(), page })}`;
    let found: Found<H>;
    try {
      found = { ...(await this.#context.send<Omit<Found<H>, "source">>({ method: "GET", path })), source: "server" };
    } catch (error) {
      const isAway = error instanceof ImError && error.code === "UNAVAILABLE";
      if (!isAway || page !== undefined) throw error;
      found = await this.#local({ query, ...filters, from, to }, hitOf);
    }
    this.#context.account().directory.want(found.hits.flatMap(({ message }) => usersOfMessage(message)));
    return found;
  }

  async #local<H extends { message: Message }>(question: SearchQuestion, hitOf: HitOf<H>): Promise<Found<H>> {
    const { store } = this.#context.account();
    const until = performance.now() + LOCAL_MS;
    const words = searchWords(question.query);
    // What somebody has looked at last comes first, should the time not suffice.
    const conversations = (await store.cached())
      .filter(({ conversationId }) => (question.conversationId ?? conversationId) === conversationId)
      .toSorted((a, b) => b.openedAt - a.openedAt);
    const hits: H[] = [];
    for (const { conversationId } of conversations) {
      let before: Seq | undefined;
      do {
        const { messages } = await store.messages(conversationId, PAGE, before);
        hits.push(...messages.filter((each) => isAsked(each, question)).flatMap((each) => hitOf(each, words) ?? []));
        before = messages[0]?.seq;
      } while (before !== undefined && before > 1 && performance.now() < until);
      if (performance.now() >= until) break;
    }
    const newest = hits.toSorted((a, b) => b.message.sentAt - a.message.sentAt);
    return { hits: newest.slice(0, MOST_LOCAL), more: false, source: "cache" };
  }
}

interface Found<H> {
  readonly hits: H[];
  readonly more: boolean;
  readonly page?: string | undefined;
  readonly source: "server" | "cache";
}

/** The message as a hit; undefined where the words are not in it. */
type HitOf<H> = (message: Message, words: readonly string[]) => H | undefined;

function isAsked({ content, sentAt, senderId }: Message, question: SearchQuestion): boolean {
  const { kind, from = 0, to = Infinity } = question;
  if (content.kind === "system" || (kind ?? content.kind) !== content.kind) return false;
  return (question.senderId ?? senderId) === senderId && sentAt >= from && sentAt < to;
}

function messageHit(message: Message, words: readonly string[]): SearchHit | undefined {
  const ranges = findWords(searchableText(message.content), words);
  return ranges && { message, ranges: ranges.map(([start, end]) => [start, end]) };
}

function fileHit(message: Message, words: readonly string[]): FileHit | undefined {
  const { content } = message;
  if (content.kind !== "file" && content.kind !== "image" && content.kind !== "video") return undefined;
  const { name, mime } = content.kind === "file" ? content : {};
  const ranges = findWords(name ?? "", words);
  const file = { fileId: content.fileId, name, size: content.size, mime };
  return ranges && { message, file, ranges: ranges.map(([start, end]) => [start, end]) };
}
