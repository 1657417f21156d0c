import type { CommandSink } from "../timeline/command.ts";
import { RECEIPT_MEMBERS, type ReadResponse, type UserId, readRequest } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";

/** `read:mark`: moves a user's read position in a conversation forward, on all their devices. */
export class MarkRead {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /** @throws {ImError} `NOT_FOUND` when the user never was in the conversation */
  async run(userId: UserId, payload: unknown): Promise<ReadResponse> {
    const { conversationId, seq } = validate(readRequest, payload);
    return this.#pipeline.submit({
      locks: [conversationId],
      positions: [{ conversationId, userId }],
      decide(stage): ReadResponse {
        const conversation = stage.conversation(conversationId);
        const membership = stage.membership(conversationId);
        const member = membership.get(userId);
        if (!conversation || !member) throw new ImError("NOT_FOUND", `conversation ${conversationId} does not exist`);
        const end = member.leftSeq ?? conversation.lastSeq;
        const { readSeq: held = 0, markedUnread = false } = stage.position(conversationId, userId) ?? {};
        const readSeq = Math.max(held, Math.min(seq, end));
        const answer = { readSeq, unread: end - readSeq };
        if (readSeq === held && !markedUnread) return answer;
        stage.moveRead({ conversationId, userId, readSeq });
        if (readSeq === held) {
          stage.fanOut({ type: "conversation", conversationId }, [userId]);
          return answer;
        }
        stage.fanOut({ type: "read", conversationId, ...answer }, [userId]);
        if (member.leftSeq === undefined && conversation.memberCount <= RECEIPT_MEMBERS) {
          const others = membership.activeIds.filter((id) => id !== userId);
          if (others.length > 0) stage.fanOut({ type: "receipt", conversationId, userId, readSeq }, others);
        }
        return answer;
      },
    });
  }
}
