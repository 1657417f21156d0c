import type { ConversationId, EpochMs, Message, SearchKind, UserId } from "@im-webapp/protocol";
import {
  type Participation,
  type ParticipationStore,
  isVisible,
  requireParticipation,
  visibleSpans,
} from "../conversations/access.ts";
import type { Span } from "../timeline/model.ts";
import { firstThatFit } from "../shared/page-bytes.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { CandidateQueue } from "./candidate-queue.ts";
import { type Place, byPlace } from "./place.ts";
import type { SearchIndex, SearchReader, SearchScope } from "./ports.ts";

/** Candidates looked at for one page: bounds what a call costs; the next page goes on from there. */
const MAX_LOOKED_AT = 3_000;
/** Candidates read in the first query, which often are what is found; each further one reads twice as many. */
const FIRST_READ = 64;
const LARGEST_READ = 512;

/** What is asked for, besides what a message must say. */
export interface HitRequest {
  readonly query: string;
  readonly conversationId?: ConversationId | undefined;
  readonly senderId?: UserId | undefined;
  readonly kind?: SearchKind | undefined;
  readonly isFile?: boolean;
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
  readonly limit: number;
  readonly page?: string | undefined;
}

export interface HitPage<H> {
  readonly hits: H[];
  readonly more: boolean;
  readonly page?: string;
}

/** A message that was found, with what a search says of it. */
interface Hit {
  readonly message: Message;
}

/** Those of the messages that answer the question. */
type Match<H> = (messages: readonly Message[]) => Promise<H[]>;

export interface NewestHitsOptions {
  readonly index: SearchIndex;
  readonly reader: SearchReader;
  readonly participations: ParticipationStore;
}

/**
 * The newest messages that answer a question and that the asker may see, page by page. The index only says where to look:
 * what one may see, and whether it is what was asked for, is decided by the messages themselves, so that nothing shows
 * that was recalled or edited away.
 */
export class NewestHits {
  readonly #options: NewestHitsOptions;

  constructor(options: NewestHitsOptions) {
    this.#options = options;
  }

  /** @throws {ImError} `NOT_FOUND` for a conversation that the user never was in */
  async find<H extends Hit>(userId: UserId, request: HitRequest, match: Match<H>): Promise<HitPage<H>> {
    const below = request.page === undefined ? undefined : decodePage(request.page, ["number", "string", "number"]);
    const scopes = (await this.#participations(userId, request)).map(scopeOf).filter(({ spans }) => spans.length > 0);
    const spans = new Map(scopes.map((scope) => [scope.conversationId, scope.spans]));
    const { hits, rest } = await this.#collect({ userId, request, scopes, spans, below }, match);
    const shown = firstThatFit(hits.slice(0, request.limit));
    const last = shown.at(-1);
    if (shown.length < hits.length && last) return { hits: shown, more: true, page: encodePage(placeOf(last.message)) };
    return { hits: shown, more: rest !== undefined, ...(rest && { page: encodePage(rest) }) };
  }

  async #participations(userId: UserId, request: HitRequest): Promise<Participation[]> {
    const { reader, participations } = this.#options;
    if (request.conversationId === undefined) return reader.participations(userId);
    return [await requireParticipation(participations, request.conversationId, userId)];
  }

  /** The newest hits below a place, one more than asked for; `rest` is where to go on when not all was looked at. */
  async #collect<H extends Hit>(asked: Asked, match: Match<H>): Promise<{ hits: H[]; rest?: Place }> {
    const { scopes, below } = asked;
    const { query, senderId, kind, isFile = false, from = 0, to = Number.MAX_SAFE_INTEGER, limit } = asked.request;
    const question = { query, scopes, senderId, kind, isFile, from, to: Math.min(to, (below?.[0] ?? to) + 1) };
    const queue = new CandidateQueue();
    let hits: H[] = [];
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
        const found = await this.#undeleted(asked, await match(messages.filter((message) => isAsked(asked, message))));
        hits = [...hits, ...found].toSorted(newestFirst);
      }
    }
    return { hits };
  }

  async #undeleted<H extends Hit>({ userId }: Asked, found: H[]): Promise<H[]> {
    if (found.length === 0) return found;
    const places = found.map(({ message }) => message);
    const deleted = new Set((await this.#options.reader.deletions(userId, places)).map(keyOf));
    return found.filter(({ message }) => !deleted.has(keyOf(message)));
  }
}

interface Asked {
  readonly userId: UserId;
  readonly request: HitRequest;
  readonly scopes: readonly SearchScope[];
  readonly spans: ReadonlyMap<ConversationId, readonly Span[]>;
  readonly below: Place | undefined;
}

/** Whether the asker may see the message, and it is from where, whom and when they ask. */
function isAsked({ request, spans, below }: Asked, message: Message): boolean {
  const { conversationId, seq, sentAt } = message;
  const { senderId, from = 0, to = Infinity } = request;
  return (
    isVisible(spans.get(conversationId) ?? [], seq) &&
    (senderId ?? message.senderId) === message.senderId &&
    sentAt >= from &&
    sentAt < to &&
    (!below || byPlace(placeOf(message), below) < 0)
  );
}

function scopeOf(participation: Participation): SearchScope {
  const { conversationId, lastSeq, changeSeq } = participation.conversation;
  return { conversationId, spans: visibleSpans(participation), lastSeq, changeSeq };
}

/** Those hits before which nothing can come any more, and where to go on. */
function proven<H extends Hit>(hits: readonly H[], next: Place): { hits: H[]; rest: Place } {
  const [at, conversationId, seq] = next;
  return {
    hits: hits.filter(({ message }) => byPlace(placeOf(message), next) > 0),
    rest: [at, conversationId, seq + 1],
  };
}

const placeOf = ({ sentAt, conversationId, seq }: Message): Place => [sentAt, conversationId, seq];

const keyOf = ({ conversationId, seq }: Pick<Message, "conversationId" | "seq">) => `${conversationId} ${seq}`;

const newestFirst = (a: Hit, b: Hit) => byPlace(placeOf(b.message), placeOf(a.message));
