import type { Message } from "@im-webapp/protocol";
import { Pin } from "lucide-react";
import { mayPin } from "../../marks/may-pin.ts";
import type { ActionContext, MessageAction } from "../message-action.ts";

const isPinned = ({ seq }: Message, { conversation }: ActionContext) => conversation.pins?.seqs.includes(seq) === true;

/** A refusal is told beside the composer, also one that comes later. */
const set = ({ conversationId, seq }: Message, on: boolean, { client }: ActionContext) =>
  void client.pinMessage(conversationId, seq, on).catch(() => undefined);

/** Pins a message for everybody in its conversation. */
export const pinAction: MessageAction = {
  id: "pin",
  icon: Pin,
  label: (t) => t("marks.pin"),
  isOffered: (message, context) =>
    mayPin(context.conversation) && message.content.kind !== "system" && !isPinned(message, context),
  run: (message, context) => set(message, true, context),
};

/** Ends that. */
export const unpinAction: MessageAction = {
  id: "unpin",
  icon: Pin,
  label: (t) => t("marks.unpin"),
  isOffered: (message, context) => mayPin(context.conversation) && isPinned(message, context),
  run: (message, context) => set(message, false, context),
};
