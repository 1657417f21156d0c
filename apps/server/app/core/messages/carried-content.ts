import {
  type CardContent,
  type CardRequest,
  type Content,
  type ForwardContent,
  type ForwardRequest,
  MAX_FORWARD_BYTES,
  MAX_FORWARD_DEPTH,
  type SendableContent,
  type UserId,
} from "@im-webapp/protocol";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import { filesOf } from "../files/carried-files.ts";
import { isMediaRequest, mediaContent } from "../files/media-content.ts";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Command } from "../timeline/command.ts";
import type { Stage } from "../timeline/stage.ts";

type Item = ForwardContent["items"][number];

/** What a command that sends such content has to lock and to look up. */
export function needsOf(
  senderId: UserId,
  content: SendableContent,
): Pick<Command<unknown>, "messages" | "facts"> & {
  readonly locks: Command<unknown>["locks"];
  readonly users: readonly UserId[];
} {
  if (content.kind === "card") {
    const { userId, groupId } = content;
    return {
      locks: groupId === undefined ? [] : [groupConversationId(groupId)],
      users: userId === undefined ? [] : [userId],
      facts: { users: userId === undefined ? [] : [userId], groups: groupId === undefined ? [] : [groupId] },
    };
  }
  if (content.kind === "forward") {
    const { conversationId, seqs } = content;
    const messages = seqs.map((seq) => ({ conversationId, seq }));
    return { locks: [conversationId], users: [], messages, facts: { sendersOf: messages } };
  }
  if (isMediaRequest(content)) {
    return { locks: [], users: [], facts: { files: filesOf(content).map((fileId) => ({ fileId, userId: senderId })) } };
  }
  return { locks: [], users: [] };
}

/**
 * The content as the message carries it: the server itself says what is in a card and what others have said.
 *
 * @throws {ImError} `NOT_FOUND` for what the sender may not see, `NOT_MEMBER` for the card of a group that they left,
 * `FORBIDDEN` for a message that cannot be handed on, `TOO_LARGE` for too much of it
 */
export function carriedContent(stage: Stage, senderId: UserId, content: SendableContent): Content {
  if (content.kind === "card") return namedCard(stage, senderId, content);
  if (isMediaRequest(content)) return mediaContent(stage, senderId, content);
  return content.kind === "forward" ? copies(stage, senderId, content) : content;
}

function namedCard(stage: Stage, senderId: UserId, { userId, groupId }: CardRequest): CardContent {
  if (groupId !== undefined) {
    const conversationId = groupConversationId(groupId);
    stage.membership(conversationId).requireActive(conversationId, senderId);
    return { kind: "card", groupId, name: stage.groupName(groupId) };
  }
  if (userId === undefined) throw new Error("a card names nobody");
  stage.requireUsers([userId]);
  return { kind: "card", userId, name: stage.userName(userId) };
}

function copies(stage: Stage, readerId: UserId, { conversationId, seqs }: ForwardRequest): ForwardContent {
  const conversation = stage.conversation(conversationId);
  const member = stage.membership(conversationId).get(readerId);
  const spans = conversation && member ? visibleSpans({ conversation, member }) : [];
  const items = seqs.map((seq): Item => {
    const message = isVisible(spans, seq) ? stage.message({ conversationId, seq }) : undefined;
    if (!message) throw new ImError("NOT_FOUND", `forward: there is no message ${seq} that you may read`);
    const { senderId, sentAt, content } = message;
    if (content.kind === "system") throw new ImError("FORBIDDEN", `forward: message ${seq} cannot be handed on`);
    // That it is not too deep is checked below, which its type cannot say.
    return { senderId, senderName: stage.userName(senderId), sentAt, content: content as Item["content"] };
  });
  const [first] = items;
  // A single one that is such a bundle itself is carried on as it is.
  const carried: ForwardContent =
    items.length === 1 && first?.content.kind === "forward" ? first.content : { kind: "forward", items };
  if (depthOf(carried) > MAX_FORWARD_DEPTH) {
    throw new ImError("TOO_LARGE", `forward: more than ${MAX_FORWARD_DEPTH} lie within each other`);
  }
  if (Buffer.byteLength(JSON.stringify(carried)) > MAX_FORWARD_BYTES) {
    throw new ImError("TOO_LARGE", `forward: more than ${MAX_FORWARD_BYTES} bytes`);
  }
  return carried;
}

interface Nested {
  readonly kind: string;
  readonly items?: readonly { readonly content: Nested }[];
}

function depthOf(content: Nested): number {
  if (content.kind !== "forward") return 0;
  return 1 + Math.max(0, ...(content.items ?? []).map((item) => depthOf(item.content)));
}
