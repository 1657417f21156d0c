import {
  type ChangeResponse,
  type Message,
  type UserId,
  editRequest,
  reactRequest,
  recallRequest,
} from "@im-webapp/protocol";
import { pairsOf, requireAdmission } from "../contacts/direct-admission.ts";
import { requireSpeaker } from "../groups/entering.ts";
import { may } from "../groups/permissions.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import type { MemberState, MessagePlace } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";
import { unpinRecalled } from "./pins.ts";
import { withReaction } from "./reactions.ts";
import { requireVisible } from "./visible-message.ts";

/** The new state of a message, or the very same object when nothing changes. */
type Change = (message: Message, member: MemberState, stage: Stage) => Message;

/** `message:edit`, `message:recall` and `message:react`: what may become of a message after it was sent. */
export class ChangeMessage {
  readonly #pipeline: CommandSink;

  readonly #recallWithinMs: number;

  /** @param recallWithinMs how long a sender may take a message back, in milliseconds */
  constructor(pipeline: CommandSink, recallWithinMs: number) {
    this.#pipeline = pipeline;
    this.#recallWithinMs = recallWithinMs;
  }

  /**
   * @throws {ImError} `FORBIDDEN` to all but the sender, and for what is not text or was recalled; `BLOCKED`; `MUTED` to
   * one who may not speak
   */
  async edit(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    const { content, ...place } = validate(editRequest, payload);
    return this.#change(userId, place, (message, _member, stage) => {
      if (message.senderId !== userId) throw new ImError("FORBIDDEN", "only its sender may edit a message");
      if (message.content.kind !== "text" || content.kind !== "text") {
        throw new ImError("FORBIDDEN", "only text can be edited");
      }
      requireSpeaker(stage, message.conversationId, userId);
      if (message.content.text === content.text) return message;
      requireNotBlocked(stage, place, userId);
      stage.keepText(message);
      return { ...message, content, editedAt: stage.at };
    });
  }

  /** @throws {ImError} `FORBIDDEN` to all but the sender in time and a group's admins */
  async recall(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    return this.#change(userId, validate(recallRequest, payload), (message, member, stage) => {
      if (message.recalledAt !== undefined) return message;
      if (message.content.kind === "system") throw new ImError("FORBIDDEN", "this message cannot be recalled");
      const inTime = message.senderId === userId && stage.at - message.sentAt <= this.#recallWithinMs;
      if (!inTime && !may(member.role, "recallOthersMessage"))
        throw new ImError("FORBIDDEN", "it is too late, or not yours to recall");
      stage.forgetTexts(message);
      unpinRecalled(stage, message);
      const { messageId, conversationId, seq, senderId, sentAt, version, clientMessageId } = message;
      const content = { kind: "system", event: "message.recalled", by: userId } as const;
      return {
        messageId,
        conversationId,
        seq,
        senderId,
        sentAt,
        version,
        clientMessageId,
        content,
        recalledAt: stage.at,
      };
    });
  }

  /**
   * @throws {ImError} `FORBIDDEN` for a recalled message, `CONFLICT` beyond the number of reactions of one message,
   * `BLOCKED`
   */
  async react(userId: UserId, payload: unknown): Promise<ChangeResponse> {
    const { emoji, on, ...place } = validate(reactRequest, payload);
    return this.#change(userId, place, (message, _member, stage) => {
      if (on) requireNotBlocked(stage, place, userId);
      if (message.recalledAt !== undefined) throw new ImError("FORBIDDEN", "this message was recalled");
      return withReaction(message, userId, emoji, on);
    });
  }

  #change(userId: UserId, place: MessagePlace, change: Change): Promise<ChangeResponse> {
    const { conversationId } = place;
    return this.#pipeline.submit({
      locks: [conversationId],
      pairs: pairsOf(conversationId),
      messages: [place],
      decide(stage): ChangeResponse {
        const member = stage.membership(conversationId).requireActive(conversationId, userId);
        const message = requireVisible(stage, place, member);
        const changed = change(message, member, stage);
        return { version: changed === message ? message.version : stage.change(changed).version };
      },
    });
  }
}

/** What is said anew to somebody who blocks one's direct messages is refused like a message; taking back is not. */
function requireNotBlocked(stage: Stage, { conversationId }: MessagePlace, userId: UserId): void {
  const peerId = stage.membership(conversationId).get(userId)?.peerId;
  if (peerId !== undefined) requireAdmission(stage, userId, peerId, "anyone");
}
