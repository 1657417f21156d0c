import {
  type ConversationId,
  type Message,
  type SendResponse,
  type Target,
  type UserId,
  sendRequest,
} from "@im-webapp/protocol";
import type { z } from "zod";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import { type DirectMessages, pairsOf, requireAdmission } from "../contacts/direct-admission.ts";
import { requireSpeaker } from "../groups/entering.ts";
import { ImError } from "../shared/errors.ts";
import { directConversationId, groupConversationId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import { carriedContent, needsOf } from "./carried-content.ts";
import { type MemberState, NEW_CONVERSATION } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

/** `message:send`. */
export class SendMessage {
  readonly #pipeline: CommandSink;
  readonly #directMessages: DirectMessages;

  constructor(pipeline: CommandSink, directMessages: DirectMessages) {
    this.#pipeline = pipeline;
    this.#directMessages = directMessages;
  }

  /**
   * Resolves when the message and every recipient's entry are durable.
   *
   * @throws {ImError} `NOT_FOUND` when the sender may not know the target, `NOT_MEMBER` when they have left it, `MUTED`
   * when they may not speak in it; in a direct conversation as `requireAdmission` does
   */
  async run(senderId: UserId, payload: unknown): Promise<SendResponse> {
    return this.#pipeline.submit(sendCommand(senderId, validate(sendRequest, payload), this.#directMessages));
  }
}

/**
 * A user's message on its way through the pipeline.
 *
 * @param admission from whom direct messages are taken; "all": also from those who are blocked, as the server API may
 */
export function sendCommand(
  senderId: UserId,
  request: z.output<typeof sendRequest>,
  admission: DirectMessages | "all",
): Command<SendResponse> {
  const conversationId = conversationOf(senderId, request.to);
  const needs = needsOf(senderId, request.content);
  return {
    ...needs,
    lane: conversationId,
    locks: [conversationId, ...needs.locks],
    users: ["userId" in request.to ? request.to.userId : [], needs.users].flat(),
    pairs: admission === "all" ? [] : pairsOf(conversationId),
    tellsMembers: true,
    bytes: JSON.stringify(request.content).length,
    once: {
      key: { senderId, clientMessageId: request.clientMessageId },
      duplicate: (stored) => toSendResponse(stored, true),
    },
    decide(stage) {
      const peerId = peerOf(stage, conversationId, senderId, request.to);
      if (peerId !== undefined && admission !== "all") requireAdmission(stage, senderId, peerId, admission);
      if ("userId" in request.to) ensureDirect(stage, conversationId, senderId, request.to.userId);
      const conversation = stage.conversation(conversationId);
      const member = requireSpeaker(stage, conversationId, senderId);
      if (conversation && request.replyTo !== undefined) {
        if (!isVisible(visibleSpans({ conversation, member }), request.replyTo)) {
          throw new ImError("NOT_FOUND", `replyTo: there is no message ${request.replyTo} here`);
        }
      }
      const message = stage.post({
        conversationId,
        senderId,
        clientMessageId: request.clientMessageId,
        content: carriedContent(stage, senderId, request.content),
        ...(request.replyTo !== undefined && { replyTo: request.replyTo }),
        ...(request.mentions !== undefined && { mentions: request.mentions }),
      });
      return toSendResponse(message, false);
    },
  };
}

function conversationOf(senderId: UserId, to: Target): ConversationId {
  if ("userId" in to) return directConversationId(senderId, to.userId);
  return "groupId" in to ? groupConversationId(to.groupId) : to.conversationId;
}

/**
 * The other one of a direct conversation, as far as the sender may know of it.
 *
 * @throws {ImError} `NOT_FOUND` when they do not exist, or have deleted their account
 */
function peerOf(stage: Stage, conversationId: ConversationId, senderId: UserId, to: Target): UserId | undefined {
  if (!("userId" in to)) return stage.membership(conversationId).get(senderId)?.peerId;
  stage.requireUsers([to.userId]);
  return to.userId;
}

/** The acknowledgement of a message. */
export function toSendResponse(message: Message, duplicate: boolean): SendResponse {
  const { messageId, conversationId, seq, sentAt } = message;
  return { messageId, conversationId, seq, sentAt, duplicate };
}

/** Makes the direct conversation of two users on its first message, and tells both. */
function ensureDirect(stage: Stage, conversationId: ConversationId, senderId: UserId, peerId: UserId): void {
  if (stage.conversation(conversationId)) return;
  const member = (userId: UserId, otherId: UserId): MemberState => ({
    userId,
    peerId: otherId,
    role: 0,
    fromSeq: 0,
    pastSpans: [],
    joinedAt: stage.at,
  });
  const members =
    senderId === peerId ? [member(senderId, senderId)] : [member(senderId, peerId), member(peerId, senderId)];
  stage.createConversation({ conversationId, type: "direct", ...NEW_CONVERSATION }, members);
  stage.fanOut(
    { type: "conversation", conversationId },
    members.map(({ userId }) => userId),
  );
}
