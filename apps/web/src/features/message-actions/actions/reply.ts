import { Reply } from "lucide-react";
import type { MessageAction } from "../message-action.ts";

/** Answers a message with a quote of it. */
export const replyAction: MessageAction = {
  id: "reply",
  icon: Reply,
  label: (t) => t("actions.reply"),
  isOffered: (_message, { conversation }) => conversation.type !== "system" && conversation.left !== true,
  run: (message, { control }) => control.reply(message),
};
