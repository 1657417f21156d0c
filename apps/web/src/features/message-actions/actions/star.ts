import type { Message } from "@im-webapp/protocol";
import { Star } from "lucide-react";
import type { ActionContext, MessageAction } from "../message-action.ts";

const isStarred = ({ seq }: Message, { conversation }: ActionContext) => conversation.stars?.includes(seq) === true;

/** A refusal is told beside the composer, also one that comes later. */
const set = ({ conversationId, seq }: Message, on: boolean, { client }: ActionContext) =>
  void client.starMessage(conversationId, seq, on).catch(() => undefined);

/** Keeps a message among one's own. */
export const starAction: MessageAction = {
  id: "star",
  icon: Star,
  label: (t) => t("marks.star"),
  isOffered: (message, context) => message.content.kind !== "system" && !isStarred(message, context),
  run: (message, context) => set(message, true, context),
};

/** Ends that. */
export const unstarAction: MessageAction = {
  id: "unstar",
  icon: Star,
  label: (t) => t("marks.unstar"),
  isOffered: isStarred,
  run: (message, context) => set(message, false, context),
};
