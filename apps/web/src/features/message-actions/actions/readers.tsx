import { CheckCheck } from "lucide-react";
import { hasReaders } from "../../marks/has-readers.ts";
import { ReadersDialog } from "../../marks/readers-dialog.tsx";
import type { MessageAction } from "../message-action.ts";

/** Shows who has read one's own message, and who has not. */
export const readersAction: MessageAction = {
  id: "readers",
  icon: CheckCheck,
  label: (t) => t("marks.readers"),
  isOffered: (message, { ownId, conversation }) => hasReaders(message, conversation, ownId),
  run: (message, { control }) => control.show((close) => <ReadersDialog message={message} onClose={close} />),
};
