import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** Whether it is the conversation with oneself. */
export function useIsSaved({ type, peerId }: Pick<ConversationView, "type" | "peerId">): boolean {
  return useClientState((state) => type === "direct" && peerId !== undefined && peerId === state.me?.userId);
}

/** What a conversation is called: one's alias for the other one, or their name, the group's, system notices, or saved messages. */
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
  const isSaved = useIsSaved({ type, ...(peerId !== undefined && { peerId }) });
  if (isSaved) return t("keeping.saved");
  if (type === "system") return t("conversation.system");
  return peerName ?? title ?? "…";
}
