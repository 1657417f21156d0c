import type { Message } from "@im-webapp/protocol";
import { Forward } from "lucide-react";
import { ForwardDialog } from "../../forward/forward-dialog.tsx";
import { handingOf, isForwardable } from "../../forward/handing.ts";
import type { ActionContext, MessageAction, SelectionAction } from "../message-action.ts";

function handOn(messages: readonly Message[], { control, t }: ActionContext): void {
  control.show((close) => (
    <ForwardDialog
      handing={handingOf(messages)}
      onClose={(count) => {
        close();
        if (count === undefined) return;
        control.tell(t("forward.sent", { count }));
        if (messages.length > 1) control.leave();
      }}
    />
  ));
}

/** Hands a message on to other conversations. */
export const forwardAction: MessageAction = {
  id: "forward",
  icon: Forward,
  label: (t) => t("forward.action"),
  isOffered: isForwardable,
  run: (message, context) => handOn([message], context),
};

/** Hands several messages on, as one record or one by one. */
export const forwardSelection: SelectionAction = {
  id: "forward",
  icon: Forward,
  label: (t) => t("forward.action"),
  isOffered: (messages) => messages.every(isForwardable),
  run: handOn,
};
