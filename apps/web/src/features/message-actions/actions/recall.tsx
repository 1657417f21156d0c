import type { Message } from "@im-webapp/protocol";
import { ROLES } from "@im-webapp/protocol";
import { Undo2 } from "lucide-react";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { keepRecalled } from "../recalled-texts.ts";
import type { ActionContext, MessageAction } from "../message-action.ts";

const isOwnInTime = ({ senderId, sentAt }: Message, { ownId, now, recallWithinMs }: ActionContext) =>
  senderId === ownId && now - sentAt <= recallWithinMs;

/** A message taken back cannot be put there again, so it is asked for before; only the last moments' own are not. */
export const recallAction: MessageAction = {
  id: "recall",
  icon: Undo2,
  label: (t) => t("actions.recall"),
  isDangerous: true,
  isOffered: (message, context) =>
    context.conversation.type !== "system" &&
    context.conversation.left !== true &&
    (isOwnInTime(message, context) || (context.conversation.role ?? ROLES.member) >= ROLES.admin),
  run: (message, context) => {
    const { client, control, t, nameOf, ownId } = context;
    // A refusal is told beside the composer, also one that comes later.
    const recall = () => {
      keepRecalled(client, message);
      return client.recallMessage(message.conversationId, message.seq).catch(() => undefined);
    };
    if (isOwnInTime(message, context)) {
      void recall();
      return;
    }
    control.show((close) => (
      <ConfirmDialog
        open
        onOpenChange={close}
        title={t("actions.recallTitle")}
        text={
          message.senderId === ownId
            ? t("actions.recallOwnText")
            : t("actions.recallText", { name: nameOf(message.senderId) })
        }
        confirm={t("actions.recall")}
        busy={t("actions.recalling")}
        onConfirm={recall}
      />
    ));
  },
};
