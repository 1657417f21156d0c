import { Pencil } from "lucide-react";
import type { MessageAction } from "../message-action.ts";

/** Gives one's own message another text. */
export const editAction: MessageAction = {
  id: "edit",
  icon: Pencil,
  label: (t) => t("actions.edit"),
  isOffered: ({ content, senderId }, { ownId, conversation }) =>
    senderId === ownId && content.kind === "text" && conversation.left !== true,
  run: (message, { control }) => control.edit(message),
};
