import { type ReceiptsResponse, type UserId, receiptsRequest } from "@im-webapp/protocol";
import { type ParticipationStore, isVisible, requireParticipation, visibleSpans } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import type { MessageStore } from "./message-store.ts";

/** Readers of one page. */
const PAGE_SIZE = 200;

/** `receipts:get`: who has read this far, in a group of any size. */
export class GetReceipts {
  readonly #participations: ParticipationStore;
  readonly #messages: MessageStore;

  constructor(participations: ParticipationStore, messages: MessageStore) {
    this.#participations = participations;
    this.#messages = messages;
  }

  /** @throws {ImError} `NOT_FOUND` to those who may not see the message, `NOT_MEMBER` to those who left */
  async run(userId: UserId, payload: unknown): Promise<ReceiptsResponse> {
    const { conversationId, seq, page, unread = false } = validate(receiptsRequest, payload);
    const [after] = page === undefined ? [""] : decodePage(page, ["string"]);
    const participation = await requireParticipation(this.#participations, conversationId, userId);
    if (participation.member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this conversation");
    const spans = visibleSpans(participation);
    if (!isVisible(spans, seq)) throw new ImError("NOT_FOUND", "there is no such message");
    const found = await this.#messages.readers(conversationId, seq, !unread, after, PAGE_SIZE + 1);
    const readers = found.slice(0, PAGE_SIZE);
    const last = readers.at(-1);
    const more = found.length > PAGE_SIZE && last !== undefined;
    return {
      readers,
      more,
      ...(more && { page: encodePage([last]) }),
      ...(page === undefined && { counts: await this.#messages.countReaders(conversationId, seq) }),
    };
  }
}
