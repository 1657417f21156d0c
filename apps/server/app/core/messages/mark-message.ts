import {
  type ChangeResponse,
  DELETED_VERSION,
  MAX_STARS,
  type UserId,
  deleteRequest,
  pinRequest,
  starRequest,
} from "@im-webapp/protocol";
import { requirePermission } from "../groups/permissions.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import { deletedCopy } from "./deleted-message.ts";
import { setPinned } from "./pins.ts";
import { requireVisible } from "./visible-message.ts";

/** `message:pin`, `message:star` and `message:delete`: what is said of a message, and changes nothing of what it says. */
export class MarkMessage {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /**
   * For everybody in the conversation; in a group by its admins.
   *
   * @throws {ImError} `FORBIDDEN` to other members, and for what was recalled or is the system's; `CONFLICT` beyond the
   * number of pins of a conversation
   */
  async pin(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    const { on, ...place } = validate(pinRequest, payload);
    const { conversationId } = place;
    return this.#pipeline.submit({
      locks: [conversationId],
      messages: [place],
      tellsMembers: true,
      decide(stage): ChangeResponse {
        const member = stage.membership(conversationId).requireActive(conversationId, userId);
        const message = requireVisible(stage, place, member);
        if (stage.conversation(conversationId)?.type === "group") requirePermission(member, "pinMessage");
        if (on && message.content.kind === "system") throw new ImError("FORBIDDEN", "this message cannot be pinned");
        setPinned(stage, place, userId, on);
        return { version: message.version };
      },
    });
  }

  /**
   * For the caller alone, also where they have left.
   *
   * @throws {ImError} `FORBIDDEN` for what was recalled or is the system's; `CONFLICT` beyond the number of a user's stars
   */
  async star(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    const { on, ...place } = validate(starRequest, payload);
    const { conversationId } = place;
    const mark = { ...place, userId };
    return this.#pipeline.submit({
      locks: [conversationId],
      messages: [place],
      facts: { marks: [mark], starCounts: [userId] },
      decide(stage): ChangeResponse {
        const message = requireVisible(stage, place, stage.membership(conversationId).get(userId));
        const { version } = message;
        if (stage.isStarred(mark) === on) return { version };
        if (on && message.content.kind === "system") throw new ImError("FORBIDDEN", "this message cannot be starred");
        if (on && (stage.facts.starCounts.get(userId) ?? 0) >= MAX_STARS) {
          throw new ImError("CONFLICT", `at most ${MAX_STARS} messages are starred`);
        }
        stage.saveStar({ ...mark, on });
        stage.fanOut({ type: "conversation", conversationId }, [userId]);
        return { version };
      },
    });
  }

  /** For the caller alone, on all their devices and for ever, also where they have left. */
  async delete(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    const place = validate(deleteRequest, payload);
    const { conversationId } = place;
    const mark = { ...place, userId };
    return this.#pipeline.submit({
      locks: [conversationId],
      messages: [place],
      facts: { marks: [mark] },
      decide(stage): ChangeResponse {
        const message = requireVisible(stage, place, stage.membership(conversationId).get(userId));
        if (!stage.isDeleted(mark)) {
          stage.saveDeletion(mark);
          stage.fanOut({ type: "message:update", message: deletedCopy(message) }, [userId]);
        }
        return { version: DELETED_VERSION };
      },
    });
  }
}
