import type { ClientState, ConversationView } from "@im-webapp/client";
import type { Content, Message } from "@im-webapp/protocol";

/** Control characters, which could move the cursor or colour the terminal. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** A text as a terminal may show it. */
export function plain(text: string): string {
  return text.replaceAll(CONTROL, " ");
}

/** A message in one line: `12:05 Ann: hello`. */
export function messageLine(state: ClientState, message: Message): string {
  const time = new Date(message.sentAt).toTimeString().slice(0, 5);
  const name = state.users.get(message.senderId)?.displayName ?? message.senderId;
  return plain(`${time} ${name}: ${message.recalledAt === undefined ? contentText(message.content) : "(recalled)"}`);
}

/** A conversation in one line: unread count, title, newest message. */
export function conversationLine(state: ClientState, conversation: ConversationView): string {
  const { unread, lastMessage } = conversation;
  const last = lastMessage ? contentText(lastMessage.content).split("\n", 1)[0] : "";
  return plain(`${String(unread || "").padStart(4)}  ${titleOf(state, conversation)}  ${last ?? ""}`);
}

export function titleOf(state: ClientState, { title, peerId, conversationId }: ConversationView): string {
  return title ?? (peerId === undefined ? undefined : state.users.get(peerId)?.displayName) ?? conversationId;
}

function contentText(content: Content): string {
  return content.kind === "text" ? content.text : `[${content.kind}]`;
}
