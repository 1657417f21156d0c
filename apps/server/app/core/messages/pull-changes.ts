import { type ChangesResponse, type UserId, changesRequest } from "@im-webapp/protocol";
import { type ParticipationStore, isVisible, requireParticipation, visibleSpans } from "../conversations/access.ts";
import { firstThatFit } from "../shared/page-bytes.ts";
import { validate } from "../shared/validate.ts";
import { type MarkReader, asSeenBy } from "./mark-reader.ts";
import type { MessageStore } from "./message-store.ts";

/** `history:changes`: how a reader of a large group hears of edits, recalls and reactions. */
export class PullChanges {
  readonly #participations: ParticipationStore;
  readonly #messages: MessageStore;
  readonly #marks: MarkReader;

  constructor(participations: ParticipationStore, messages: MessageStore, marks: MarkReader) {
    this.#participations = participations;
    this.#messages = messages;
    this.#marks = marks;
  }

  /**
   * Changes of messages that the caller may not see are counted and not given.
   *
   * @throws {ImError} `NOT_FOUND` when the user never was in the conversation
   */
  async run(userId: UserId, payload: unknown): Promise<ChangesResponse> {
    const { conversationId, after, limit } = validate(changesRequest, payload);
    const participation = await requireParticipation(this.#participations, conversationId, userId);
    const spans = visibleSpans(participation);
    const found = await this.#messages.changedAfter(conversationId, after, limit + 1);
    const page = firstThatFit(found.slice(0, limit));
    const more = page.length < found.length;
    const visible = page.flatMap(({ message }) => (isVisible(spans, message.seq) ? [message] : []));
    return {
      messages: [...(await asSeenBy(userId, visible, this.#marks))],
      changeSeq: more ? (page.at(-1)?.changeSeq ?? after) : Math.max(after, participation.conversation.changeSeq),
      more,
    };
  }
}
