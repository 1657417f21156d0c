import {
  type Message,
  type SearchHit,
  type SearchMessagesRequest,
  type SearchMessagesResponse,
  type UserId,
  findWords,
  searchMessagesRequest,
  searchWords,
  searchableText,
} from "@im-webapp/protocol";
import {
  type Participation,
  type ParticipationStore,
  isVisible,
  requireParticipation,
  visibleSpans,
} from "../conversations/access.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { firstThatFit } from "../shared/page-bytes.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { CandidateQueue } from "./candidate-queue.ts";
import { type Place, byPlace } from "./place.ts";
import type { SearchIndex, SearchReader, SearchScope } from "./ports.ts";

/** Candidates looked at for one page: bounds what a call costs; the next page goes on from there. */
const MAX_LOOKED_AT = 3_000;
/** Candidates read in the first query, which often are what is found; each further one reads twice as many. */
const FIRST_READ = 64;
const LARGEST_READ = 512;

export interface SearchMessagesOptions {
  readonly index: SearchIndex;
  readonly reader: SearchReader;
  readonly participations: ParticipationStore;
  /** Searches of one user. */
  readonly limit: CallLimit;
}

/**
 * Finds messages by what they say now. The index only says where to look: what one may see, and whether the words are
 * there, is decided by the messages themselves, so that nothing shows that was recalled or edited away.
 */
export class SearchMessages {
  readonly #options: SearchMessagesOptions;

  constructor(options: SearchMessagesOptions) {
    this.#options = options;
  }

  /** @throws {ImError} `NOT_FOUND` for a conversation that the user never was in */
  async find(userId: UserId, payload: unknown): Promise<SearchMessagesResponse> {
    const request = validate(searchMessagesRequest, payload);
    const below = request.page === undefined ? undefined : decodePage(request.page, ["number", "string", "number"]);
    await requireBudget(this.#options.limit, userId);
    const scopes = (await this.#participations(userId, request)).map(scopeOf).filter(({ spans }) => spans.length > 0);
    const { hits, rest } = await this.#collect(userId, request, scopes, below);
    const shown = firstThatFit(hits.slice(0, request.limit));
    const last = shown.at(-1);
    if (shown.length < hits.length && last) return { hits: shown, more: true, page: encodePage(placeOf(last.message)) };
    return { hits: shown, more: rest !== undefined, ...(rest && { page: encodePage(rest) }) };
  }

  async #participations(userId: UserId, request: SearchMessagesRequest): Promise<Participation[]> {
    const { reader, participations } = this.#options;
    if (request.conversationId === undefined) return reader.participations(userId);
    return [await requireParticipation(participations, request.conversationId, userId)];
  }

  /** The newest hits below a place, one more than asked for; `rest` is where to go on when not all was looked at. */
  async #collect(
    userId: UserId,
    request: SearchMessagesRequest,
    scopes: readonly SearchScope[],
    below: Place | undefined,
  ): Promise<{ hits: SearchHit[]; rest?: Place }> {
    const { query, senderId, kind, from = 0, to = Number.MAX_SAFE_INTEGER, limit } = request;
    const question = { query, scopes, senderId, kind, from, to: Math.min(to, (below?.[0] ?? to) + 1) };
    const asked = { userId, request, words: searchWords(query), scopes, below };
    const queue = new CandidateQueue();
    let hits: SearchHit[] = [];
    let looked = 0;
    let atOnce = FIRST_READ;
    for await (const { runs, restAt } of this.#options.index.candidates(question)) {
      queue.add(runs);
      for (;;) {
        const { next } = queue;
        const last = hits[limit];
        if (last && last.message.sentAt > restAt && (!next || byPlace(placeOf(last.message), next) > 0))
          return { hits };
        // What the next segments have may be newer than what waits here.
        if (!next || next[0] < restAt) break;
        if (looked >= MAX_LOOKED_AT) return proven(hits, next);
        const places = queue.take(atOnce);
        looked += places.length;
        atOnce = Math.min(atOnce * 2, LARGEST_READ);
        const messages = await this.#options.reader.messages(places);
        hits = [...hits, ...(await this.#hitsOf(asked, messages))].toSorted(newestFirst);
      }
    }
    return { hits };
  }

  async #hitsOf({ userId, request, words, scopes, below }: Asked, messages: readonly Message[]): Promise<SearchHit[]> {
    const { senderId, kind, from = 0, to = Infinity } = request;
    const spans = new Map(scopes.map((scope) => [scope.conversationId, scope.spans]));
    const found = messages.flatMap((message): SearchHit[] => {
      const { conversationId, seq, sentAt, content } = message;
      if (!isVisible(spans.get(conversationId) ?? [], seq) || content.kind === "system") return [];
      if ((senderId ?? message.senderId) !== message.senderId || (kind ?? content.kind) !== content.kind) return [];
      if (sentAt < from || sentAt >= to || (below && byPlace(placeOf(message), below) >= 0)) return [];
      const ranges = findWords(searchableText(content), words);
      return ranges ? [{ message, ranges: ranges.map(([start, end]) => [start, end]) }] : [];
    });
    if (found.length === 0) return found;
    const deleted = new Set(
      (
        await this.#options.reader.deletions(
          userId,
          found.map(({ message }) => message),
        )
      ).map(keyOf),
    );
    return found.filter(({ message }) => !deleted.has(keyOf(message)));
  }
}

interface Asked {
  readonly userId: UserId;
  readonly request: SearchMessagesRequest;
  readonly words: readonly string[];
  readonly scopes: readonly SearchScope[];
  readonly below: Place | undefined;
}

function scopeOf(participation: Participation): SearchScope {
  const { conversationId, lastSeq, changeSeq } = participation.conversation;
  return { conversationId, spans: visibleSpans(participation), lastSeq, changeSeq };
}

/** Those hits before which nothing can come any more, and where to go on. */
function proven(hits: readonly SearchHit[], next: Place): { hits: SearchHit[]; rest: Place } {
  const [at, conversationId, seq] = next;
  return {
    hits: hits.filter(({ message }) => byPlace(placeOf(message), next) > 0),
    rest: [at, conversationId, seq + 1],
  };
}

const placeOf = ({ sentAt, conversationId, seq }: Message): Place => [sentAt, conversationId, seq];

const keyOf = ({ conversationId, seq }: Pick<Message, "conversationId" | "seq">) => `${conversationId} ${seq}`;

const newestFirst = (a: SearchHit, b: SearchHit) => byPlace(placeOf(b.message), placeOf(a.message));
