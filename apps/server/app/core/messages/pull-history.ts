import { type HistoryResponse, type Message, type UserId, historyRequest } from "@im-webapp/protocol";
import { type ParticipationStore, requireParticipation, visibleSpans } from "../conversations/access.ts";
import { firstThatFit, lastThatFit } from "../shared/page-bytes.ts";
import { validate } from "../shared/validate.ts";
import { type MarkReader, asSeenBy } from "./mark-reader.ts";
import { type MessageStore, spansAfter, spansUpTo } from "./message-store.ts";

/** `history:pull`: pages of a conversation from the message store, within what the caller may read. */
export class PullHistory {
  readonly #participations: ParticipationStore;
  readonly #messages: MessageStore;
  readonly #marks: MarkReader;

  constructor(participations: ParticipationStore, messages: MessageStore, marks: MarkReader) {
    this.#participations = participations;
    this.#messages = messages;
    this.#marks = marks;
  }

  /** @throws {ImError} `NOT_FOUND` when the user never was in the conversation */
  async run(userId: UserId, payload: unknown): Promise<HistoryResponse> {
    const { conversationId, before, after, around, limit } = validate(historyRequest, payload);
    const participation = await requireParticipation(this.#participations, conversationId, userId);
    const spans = visibleSpans(participation);
    const page = (part: typeof spans, count: number, order: "ascending" | "descending") =>
      this.#messages.page(conversationId, part, count, order);

    let messages: Message[];
    if (after !== undefined) {
      messages = firstThatFit(await page(spansAfter(spans, after), limit, "ascending"));
    } else if (around !== undefined) {
      const half = Math.floor(limit / 2);
      const later = firstThatFit(await page(spansAfter(spans, around), half, "ascending"));
      const earlier = lastThatFit(await page(spansUpTo(spans, around), limit - later.length, "descending"));
      messages = [...earlier, ...later];
    } else {
      const upTo = before === undefined ? spans : spansUpTo(spans, before - 1);
      messages = lastThatFit(await page(upTo, limit, "descending"));
    }
    const first = messages[0]?.seq ?? (after !== undefined ? after + 1 : (before ?? around ?? 0));
    const last = messages.at(-1)?.seq ?? (before !== undefined ? before - 1 : (after ?? around ?? 0));
    return {
      messages: [...(await asSeenBy(userId, messages, this.#marks))],
      more: { before: spansUpTo(spans, first - 1).length > 0, after: spansAfter(spans, last).length > 0 },
    };
  }
}
