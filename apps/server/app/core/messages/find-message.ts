import { type FindResponse, type UserId, findRequest } from "@im-webapp/protocol";
import { type ParticipationStore, requireParticipation, visibleSpans } from "../conversations/access.ts";
import { validate } from "../shared/validate.ts";
import type { MessageStore } from "./message-store.ts";

/** `history:find`: the place of a time in a conversation, within what the caller may read. */
export class FindMessage {
  readonly #participations: ParticipationStore;
  readonly #messages: MessageStore;

  constructor(participations: ParticipationStore, messages: MessageStore) {
    this.#participations = participations;
    this.#messages = messages;
  }

  /** @throws {ImError} `NOT_FOUND` when the user never was in the conversation */
  async run(userId: UserId, payload: unknown): Promise<FindResponse> {
    const { conversationId, at } = validate(findRequest, payload);
    const participation = await requireParticipation(this.#participations, conversationId, userId);
    for (const span of visibleSpans(participation)) {
      const seq = await this.#messages.firstSince(conversationId, span, at);
      if (seq !== undefined) return { seq };
    }
    return {};
  }
}
