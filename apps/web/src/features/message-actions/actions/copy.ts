import type { Message } from "@im-webapp/protocol";
import { Copy } from "lucide-react";
import { copyText } from "../../../lib/clipboard.ts";
import type { ActionContext, MessageAction, SelectionAction } from "../message-action.ts";

function copy(text: string, { control, t }: ActionContext): void {
  copyText(text).then(
    () => control.tell(t("actions.copied")),
    () => control.tell(t("actions.copyFailed")),
  );
}

const isText = ({ content }: Message) => content.kind === "text";

/** Copies a message's text. */
export const copyAction: MessageAction = {
  id: "copy",
  icon: Copy,
  label: (t) => t("actions.copy"),
  isOffered: isText,
  run: (message, context) => copy(context.textOf(message), context),
};

/** Copies several messages, each below the name of who sent it. */
export const copySelection: SelectionAction = {
  id: "copy",
  icon: Copy,
  label: (t) => t("actions.copy"),
  isOffered: () => true,
  run: (messages, context) => {
    const lines = messages.map((message) => `${context.nameOf(message.senderId)}\n${context.textOf(message)}`);
    copy(lines.join("\n\n"), context);
    context.control.leave();
  },
};
