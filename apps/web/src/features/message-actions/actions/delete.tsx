import type { Message } from "@im-webapp/protocol";
import { Trash2 } from "lucide-react";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import type { ActionContext, MessageAction, SelectionAction } from "../message-action.ts";

function remove(messages: readonly Message[], { client, control, t }: ActionContext): void {
  const all = async () => {
    for (const { conversationId, seq } of messages) await client.deleteMessage(conversationId, seq);
    if (messages.length > 1) control.leave();
  };
  control.show((close) => (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={t("marks.deleteTitle", { count: messages.length })}
      text={t("marks.deleteHint")}
      confirm={t("marks.deleteConfirm")}
      busy={t("marks.deleting")}
      onConfirm={all}
    />
  ));
}

/** Takes a message from one's own sight. It cannot be brought back, so it is asked for before. */
export const deleteAction: MessageAction = {
  id: "delete",
  icon: Trash2,
  label: (t) => t("marks.delete"),
  isDangerous: true,
  isOffered: () => true,
  run: (message, context) => remove([message], context),
};

/** The same for several. */
export const deleteSelection: SelectionAction = {
  id: "delete",
  icon: Trash2,
  label: (t) => t("marks.delete"),
  isDangerous: true,
  isOffered: () => true,
  run: remove,
};
