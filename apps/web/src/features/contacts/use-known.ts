import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** The people one has a direct conversation with, in the language's order of names (pinyin in Chinese). */
export function useKnownPeople(): readonly User[] {
  const { i18n } = useTranslation();
  const conversations = useClientState((state) => state.conversations);
  const users = useClientState((state) => state.users);
  const ownId = useClientState((state) => state.me?.userId);
  return useMemo(() => {
    const order = new Intl.Collator(i18n.language);
    return conversations
      .flatMap(({ peerId }) => (peerId === undefined || peerId === ownId ? [] : (users.get(peerId) ?? [])))
      .toSorted((a, b) => order.compare(a.displayName, b.displayName));
  }, [conversations, users, ownId, i18n.language]);
}

/** The groups one is in, in the language's order of names. */
export function useKnownGroups(): readonly ConversationView[] {
  const { i18n } = useTranslation();
  const conversations = useClientState((state) => state.conversations);
  return useMemo(() => {
    const order = new Intl.Collator(i18n.language);
    return conversations
      .filter(({ type, left }) => type === "group" && left !== true)
      .toSorted((a, b) => order.compare(a.title ?? "", b.title ?? ""));
  }, [conversations, i18n.language]);
}
