import type { ConversationView } from "@im-webapp/client";
import type { Message, UserId } from "@im-webapp/protocol";

/** Whether one may see who has read a message: one's own, where somebody else could read it. */
export function hasReaders(
  { senderId, content }: Pick<Message, "senderId" | "content">,
  { type, peerId, left }: Pick<ConversationView, "type" | "peerId" | "left">,
  ownId: UserId,
): boolean {
  return senderId === ownId && content.kind !== "system" && type !== "system" && peerId !== ownId && left !== true;
}
