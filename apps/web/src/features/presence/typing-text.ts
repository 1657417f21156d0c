import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";

/** So many are named; of more it says how many. */
const NAMED = 2;

/** Who is typing in a conversation, in words; null when nobody is. */
export function useTypingText({
  conversationId,
  type,
}: Pick<ConversationView, "conversationId" | "type">): string | null {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const userIds = useClientState((state) => state.typing.get(conversationId));
  if (userIds === undefined || userIds.length === 0) return null;
  if (type === "direct") return t("presence.typing");
  if (userIds.length > NAMED) return t("presence.typingMany", { count: userIds.length });
  return t("presence.typingNamed", {
    names: userIds.map((userId) => nameOf(userId)).join(t("common.listSeparator")),
    count: userIds.length,
  });
}
