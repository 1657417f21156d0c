import {
  type ConversationId,
  type EditsResponse,
  type PinsResponse,
  type StarsResponse,
  type UserId,
  listEditsRequest,
  listStarsRequest,
  seq,
} from "@im-webapp/protocol";
import {
  type Participation,
  type ParticipationStore,
  isVisible,
  requireParticipation,
  visibleSpans,
} from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { firstThatFit } from "../shared/page-bytes.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { isDeletedCopy } from "./deleted-message.ts";
import { type MarkReader, asSeenBy } from "./mark-reader.ts";

/** What is pinned in a conversation, what a user has starred, and what a message said before it was edited. */
export class ListMarked {
  readonly #participations: ParticipationStore;
  readonly #reader: MarkReader;

  constructor(participations: ParticipationStore, reader: MarkReader) {
    this.#participations = participations;
    this.#reader = reader;
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async pins(userId: UserId, conversationId: ConversationId): Promise<PinsResponse> {
    const participation = await this.#requireMember(userId, conversationId);
    const spans = visibleSpans(participation);
    const seqs = (participation.conversation.pins?.seqs ?? []).filter((pinned) => isVisible(spans, pinned));
    if (seqs.length === 0) return { messages: [] };
    const found = await asSeenBy(userId, await this.#reader.messages(conversationId, seqs), this.#reader);
    const bySeq = new Map(found.map((message) => [message.seq, message]));
    const shown = seqs.flatMap((pinned) => bySeq.get(pinned) ?? []).filter((message) => !isDeletedCopy(message));
    // The newest are those that a page too large keeps.
    return { messages: firstThatFit(shown.toReversed()).toReversed() };
  }

  async stars(userId: UserId, payload: unknown): Promise<StarsResponse> {
    const { limit, page } = validate(listStarsRequest, payload);
    const below = page === undefined ? undefined : starPlace(page);
    const found = await this.#reader.stars(userId, below, limit + 1);
    const stars = firstThatFit(found.slice(0, limit));
    const last = stars.at(-1);
    const more = stars.length < found.length && last !== undefined;
    return {
      stars,
      more,
      ...(more && { page: encodePage([last.starredAt, last.message.conversationId, last.message.seq]) }),
    };
  }

  /**
   * @throws {ImError} `NOT_FOUND` to those who may not see the message or have deleted it, `NOT_MEMBER` to those who left:
   * edits made later are not theirs to read
   */
  async edits(userId: UserId, conversationId: ConversationId, at: string, payload: unknown): Promise<EditsResponse> {
    const { limit, page } = validate(listEditsRequest, payload);
    const place = { conversationId, seq: validate(seq, Number(at)) };
    const [below] = page === undefined ? [Number.MAX_SAFE_INTEGER] : decodePage(page, ["number"]);
    const spans = visibleSpans(await this.#requireMember(userId, conversationId));
    const deleted = await this.#reader.deletedWithin(userId, conversationId, place.seq, place.seq);
    if (!isVisible(spans, place.seq) || deleted.size > 0) throw new ImError("NOT_FOUND", "there is no such message");
    const found = await this.#reader.earlierTexts(place, below, limit + 1);
    const edits = firstThatFit(
      found.slice(0, limit).map(({ version, content, at: since }) => ({ version, content, at: since })),
    );
    const last = edits.at(-1);
    const more = edits.length < found.length && last !== undefined;
    return { edits, more, ...(more && { page: encodePage([last.version]) }) };
  }

  async #requireMember(userId: UserId, conversationId: ConversationId): Promise<Participation> {
    const participation = await requireParticipation(this.#participations, conversationId, userId);
    if (participation.member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this conversation");
    return participation;
  }
}

function starPlace(page: string): { starredAt: number; conversationId: ConversationId; seq: number } {
  const [starredAt, conversationId, place] = decodePage(page, ["number", "string", "number"]);
  return { starredAt, conversationId, seq: place };
}
