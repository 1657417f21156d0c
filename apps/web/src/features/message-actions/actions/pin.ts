import type { Message } from "@im-webapp/protocol";
import { ROLES } from "@im-webapp/protocol";
import { Pin } from "lucide-react";
import type { ActionContext, MessageAction } from "../message-action.ts";

const isPinned = ({ seq }: Message, { conversation }: ActionContext) => conversation.pins?.seqs.includes(seq) === true;

function mayPin({ conversation, ownRole }: ActionContext): boolean {
  if (conversation.left === true) return false;
  return conversation.type === "direct" || (conversation.type === "group" && ownRole >= ROLES.admin);
}

/** A refusal is told beside the composer, also one that comes later. */
const set = ({ conversationId, seq }: Message, on: boolean, { client }: ActionContext) =>
  void client.pinMessage(conversationId, seq, on).catch(() => undefined);

/** Pins a message for everybody in its conversation. */
export const pinAction: MessageAction = {
  id: "pin",
  icon: Pin,
  label: (t) => t("marks.pin"),
  isOffered: (message, context) => mayPin(context) && message.content.kind !== "system" && !isPinned(message, context),
  run: (message, context) => set(message, true, context),
};

/** Ends that. */
export const unpinAction: MessageAction = {
  id: "unpin",
  icon: Pin,
  label: (t) => t("marks.unpin"),
  isOffered: (message, context) => mayPin(context) && isPinned(message, context),
  run: (message, context) => set(message, false, context),
};
