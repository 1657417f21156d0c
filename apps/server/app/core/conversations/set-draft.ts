import { type SetDraftResponse, type UserId, setDraftRequest } from "@im-webapp/protocol";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import { requireKept } from "./kept-conversation.ts";

/** `draft:set`: what stands in a user's composer, on all their devices. */
export class SetDraft {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /**
   * Stores the text if its writer had seen the draft that is stored, or else if it was typed later; answers with what is
   * stored then. A device whose clock is ahead counts as typing now, so that none can hold its draft against the others.
   *
   * @throws {ImError} `NOT_FOUND` when the user never was in the conversation
   */
  async run(userId: UserId, payload: unknown): Promise<SetDraftResponse> {
    const { conversationId, text, at, base } = validate(setDraftRequest, payload);
    const member = { conversationId, userId };
    return this.#pipeline.submit({
      locks: [conversationId],
      positions: [member],
      settings: [member],
      bytes: text.length,
      decide(stage): SetDraftResponse {
        const { settings } = requireKept(stage, conversationId, userId);
        const { draft, draftAt } = settings;
        const typedAt = Math.min(at, stage.at);
        if (text === draft || (base < draftAt && typedAt <= draftAt)) return { text: draft, at: draftAt };
        const next = { text, at: Math.max(typedAt, draftAt + 1) };
        stage.saveSettings({ ...settings, draft: next.text, draftAt: next.at });
        stage.fanOut({ type: "conversation", conversationId }, [userId]);
        return next;
      },
    });
  }
}
