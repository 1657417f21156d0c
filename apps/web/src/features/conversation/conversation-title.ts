import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** What a conversation is called: one's alias for the other one, or their name, the group's, or system notices. */
export function useConversationTitle({
  type,
  peerId,
  title,
}: Pick<ConversationView, "type" | "peerId" | "title">): string {
  const { t } = useTranslation();
  const peerName = useClientState((state) =>
    type === "direct" && peerId !== undefined
      ? (state.contacts.get(peerId)?.alias ?? state.users.get(peerId)?.displayName)
      : undefined,
  );
  if (type === "system") return t("conversation.system");
  return peerName ?? title ?? "…";
}
