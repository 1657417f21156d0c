import {
  type EpochMs,
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
import type { MessageStore } from "../messages/message-store.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { firstThatFit } from "../shared/page-bytes.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { CandidateQueue } from "./candidate-queue.ts";
import type { CandidateRun, SearchIndex, SearchReader, SearchScope } from "./ports.ts";

/** Candidates looked at for one page: bounds what a call costs; the next page goes on from there. */
const MAX_LOOKED_AT = 3_000;
/** Candidates read in one query. */
const READ_AT_ONCE = 200;

/** Where a page ends: what comes after it was sent earlier, or in the same millisecond at a lower place. */
type Place = readonly [at: EpochMs, conversationId: string, seq: number];

export interface SearchMessagesOptions {
  readonly index: SearchIndex;
  readonly reader: SearchReader;
  readonly participations: ParticipationStore;
  readonly times: Pick<MessageStore, "firstSince">;
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
    for await (const { runs, restAt } of this.#options.index.candidates(question)) {
      queue.add(await Promise.all(runs.map((run) => this.#sentBefore(run, question.to))));
      for (;;) {
        const isEnough = hits.length > limit && (hits[limit]?.message.sentAt ?? 0) >= Math.max(queue.newestAt, restAt);
        if (isEnough) return { hits };
        if (looked >= MAX_LOOKED_AT) return proven(hits, Math.max(queue.newestAt, restAt));
        // What the next segments have may be newer than what waits here.
        if (queue.isEmpty || queue.newestAt < Math.max(restAt, from)) break;
        const places = queue.take(READ_AT_ONCE);
        looked += places.length;
        const messages = await this.#options.reader.messages(places);
        queue.seen(messages);
        hits = [...hits, ...(await this.#hitsOf(asked, messages))].toSorted(newestFirst);
      }
    }
    return { hits };
  }

  /** The run without what was sent at `at` or later, where passing over it would take many steps. */
  async #sentBefore(run: CandidateRun, at: EpochMs): Promise<CandidateRun> {
    const [first, last] = [run.seqs[0], run.seqs.at(-1)];
    if (run.seqs.length <= READ_AT_ONCE || run.lastAt < at || first === undefined || last === undefined) return run;
    const span = { from: first - 1, to: last };
    const late = (await this.#options.times.firstSince(run.conversationId, span, at)) ?? Infinity;
    return { ...run, seqs: run.seqs.filter((seq) => seq < late), lastAt: Math.min(run.lastAt, at) };
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

/** Those hits before which nothing can come any more, and the place behind them. */
function proven(hits: readonly SearchHit[], restAt: EpochMs): { hits: SearchHit[]; rest: Place } {
  return { hits: hits.filter(({ message }) => message.sentAt > restAt), rest: [restAt + 1, "", 0] };
}

const placeOf = ({ sentAt, conversationId, seq }: Message): Place => [sentAt, conversationId, seq];

const keyOf = ({ conversationId, seq }: Pick<Message, "conversationId" | "seq">) => `${conversationId} ${seq}`;

/** Ascending; equal places are one. */
function byPlace(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return a[2] - b[2];
}

const newestFirst = (a: SearchHit, b: SearchHit) => byPlace(placeOf(b.message), placeOf(a.message));
