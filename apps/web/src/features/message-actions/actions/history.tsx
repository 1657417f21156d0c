import { History } from "lucide-react";
import { HistoryDialog } from "../../marks/history-dialog.tsx";
import type { MessageAction } from "../message-action.ts";

/** Shows what an edited message said before. */
export const historyAction: MessageAction = {
  id: "history",
  icon: History,
  label: (t) => t("marks.history"),
  isOffered: ({ editedAt }, { conversation }) => editedAt !== undefined && conversation.left !== true,
  run: (message, { control }) => control.show((close) => <HistoryDialog message={message} onClose={close} />),
};
