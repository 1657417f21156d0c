import { ListChecks } from "lucide-react";
import type { MessageAction } from "../message-action.ts";

/** Begins to pick several messages. */
export const selectAction: MessageAction = {
  id: "select",
  icon: ListChecks,
  label: (t) => t("actions.select"),
  isOffered: () => true,
  run: (message, { control }) => control.select(message),
};
