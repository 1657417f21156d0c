import type { Message } from "@im-webapp/protocol";
import { rememberEmoji } from "../emoji/recent-emoji.ts";
import type { ActionContext } from "./message-action.ts";
import { ReactionDialog } from "./reaction-dialog.tsx";

/** Whether one may react to a message here. */
export function canReact({ content }: Message, { conversation }: ActionContext): boolean {
  return content.kind !== "system" && conversation.type !== "system" && conversation.left !== true;
}

/** As much of where a message is as reacting to it needs. */
type ReactContext = Pick<ActionContext, "client" | "ownId" | "control">;

/** Puts one's reaction to a message, or takes it away if it is there. */
export function toggleReaction(
  emoji: string,
  message: Message,
  { client, ownId }: Pick<ActionContext, "client" | "ownId">,
): void {
  const has = message.reactions?.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(ownId));
  if (has !== true) rememberEmoji(emoji);
  // A refusal is told beside the composer, also one that comes later.
  client.react(message.conversationId, message.seq, emoji, has !== true).catch(() => undefined);
}

/** Asks for any emoji, and reacts with it. */
export function pickReaction(message: Message, context: ReactContext): void {
  context.control.show((close) => (
    <ReactionDialog
      onChoose={(emoji) => {
        close();
        toggleReaction(emoji, message, context);
      }}
      onClose={close}
    />
  ));
}
