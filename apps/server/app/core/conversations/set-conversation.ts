import {
  type SetConversationRequest,
  type SetConversationResponse,
  type UserId,
  setConversationRequest,
} from "@im-webapp/protocol";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import type { MemberSettings } from "../timeline/model.ts";
import { isHidden } from "./settings.ts";
import { requireKept } from "./kept-conversation.ts";

/** `conversation:set`: how a user keeps a conversation, on all their devices. The last write wins, setting by setting. */
export class SetConversation {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /** @throws {ImError} `NOT_FOUND` when the user never was in the conversation; one who left may go on setting */
  async run(userId: UserId, payload: unknown): Promise<SetConversationResponse> {
    const request = validate(setConversationRequest, payload);
    const { conversationId } = request;
    const member = { conversationId, userId };
    return this.#pipeline.submit({
      locks: [conversationId],
      positions: [member],
      settings: [member],
      decide(stage): SetConversationResponse {
        const { lastSeq, settings, position } = requireKept(stage, conversationId, userId);
        const before = { ...settings, hidden: isHidden({ ...settings, lastSeq }), markedUnread: position.markedUnread };
        const wanted = { ...before, ...chosen(request) };
        const version = settings.version + (isSame(before, wanted) ? 0 : 1);
        const answer = {
          pinned: wanted.pinned,
          notify: wanted.notify,
          muted: wanted.notify !== 0,
          hidden: wanted.hidden,
          markedUnread: wanted.markedUnread,
          version,
        };
        if (version === settings.version) return answer;
        const { hiddenSeq = lastSeq, ...rest } = settings;
        const next: MemberSettings = { ...rest, pinned: wanted.pinned, notify: wanted.notify, version };
        stage.saveSettings(wanted.hidden ? { ...next, hiddenSeq: Math.max(hiddenSeq, lastSeq) } : next);
        if (wanted.markedUnread !== before.markedUnread) {
          stage.moveRead({ ...position, markedUnread: wanted.markedUnread });
        }
        stage.fanOut({ type: "conversation", conversationId }, [userId]);
        return answer;
      },
    });
  }
}

type Chosen = Pick<SetConversationResponse, "pinned" | "notify" | "hidden" | "markedUnread">;

/** The settings that the request names. */
function chosen({ pinned, notify, hidden, markedUnread }: SetConversationRequest): Partial<Chosen> {
  return {
    ...(pinned !== undefined && { pinned }),
    ...(notify !== undefined && { notify }),
    ...(hidden !== undefined && { hidden }),
    ...(markedUnread !== undefined && { markedUnread }),
  };
}

function isSame(before: Chosen, wanted: Chosen): boolean {
  return (
    before.pinned === wanted.pinned &&
    before.notify === wanted.notify &&
    before.hidden === wanted.hidden &&
    before.markedUnread === wanted.markedUnread
  );
}
