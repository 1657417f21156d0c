import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";

/** Those who can be asked into a group: contacts and those one talks with, by what one calls them. */
export function usePickable(): readonly User[] {
  const { i18n } = useTranslation();
  const contacts = useClientState((state) => state.contacts);
  const users = useClientState((state) => state.users);
  const known = useKnownPeople();
  const nameOf = useNameOf();
  return useMemo(() => {
    const order = new Intl.Collator(i18n.language);
    const friends = [...contacts.values()].flatMap(({ userId, since }) =>
      since === undefined ? [] : (users.get(userId) ?? []),
    );
    return [...new Map([...known, ...friends].map((user) => [user.userId, user])).values()]
      .filter(({ deleted }) => deleted !== true)
      .map((user) => ({ user, name: nameOf(user.userId) }))
      .toSorted((a, b) => order.compare(a.name, b.name))
      .map(({ user }) => user);
  }, [contacts, users, known, nameOf, i18n.language]);
}

/** The people one has a direct conversation with, in the language's order of names (pinyin in Chinese). */
export function useKnownPeople(): readonly User[] {
  const { i18n } = useTranslation();
  const conversations = useClientState((state) => state.conversations);
  const nameOf = useNameOf();
  const users = useClientState((state) => state.users);
  const ownId = useClientState((state) => state.me?.userId);
  return useMemo(() => {
    const order = new Intl.Collator(i18n.language);
    return conversations
      .flatMap(({ peerId }) => (peerId === undefined || peerId === ownId ? [] : (users.get(peerId) ?? [])))
      .toSorted((a, b) => order.compare(nameOf(a.userId), nameOf(b.userId)));
  }, [conversations, users, ownId, nameOf, i18n.language]);
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
