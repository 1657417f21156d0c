import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useCallback } from "react";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";

type Titled = Pick<ConversationView, "type" | "peerId" | "title">;

/** Whether it is the conversation with oneself. */
export function useIsSaved({ type, peerId }: Pick<ConversationView, "type" | "peerId">): boolean {
  return useClientState((state) => type === "direct" && peerId !== undefined && peerId === state.me?.userId);
}

/** What a conversation is called: what one calls the other one, the group's title, system notices, or saved messages. */
export function useTitleOf(): (conversation: Titled) => string {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  return useCallback(
    ({ type, peerId, title }) => {
      if (type === "system") return t("conversation.system");
      if (type !== "direct" || peerId === undefined) return title ?? "…";
      return peerId === ownId ? t("keeping.saved") : nameOf(peerId);
    },
    [t, nameOf, ownId],
  );
}

/** The title of one. */
export function useConversationTitle(conversation: Titled): string {
  return useTitleOf()(conversation);
}
