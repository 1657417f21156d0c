import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useInitials } from "./initials.ts";
import { useKnownGroups, useKnownPeople } from "./use-known.ts";

/** People under one heading. */
export interface Letter {
  readonly letter: string;
  readonly people: readonly User[];
}

export interface ContactGroups {
  readonly favourites: readonly User[];
  /** All contacts, by the initial of what one calls them; without letters until these are known. */
  readonly letters: readonly Letter[];
  readonly groups: readonly ConversationView[];
  /** Those one has talked with who are no contacts. */
  readonly others: readonly User[];
}

/** Everybody in the contacts, in the order of the list. */
export function useContactGroups(): ContactGroups {
  const { i18n } = useTranslation();
  const contacts = useClientState((state) => state.contacts);
  const users = useClientState((state) => state.users);
  const nameOf = useNameOf();
  const groups = useKnownGroups();
  const known = useKnownPeople();
  const sorted = useMemo(() => {
    const order = new Intl.Collator(i18n.language);
    return [...contacts.values()]
      .flatMap(({ userId, since }) => (since === undefined ? [] : (users.get(userId) ?? [])))
      .map((user) => ({ user, name: nameOf(user.userId) }))
      .toSorted((a, b) => order.compare(a.name, b.name));
  }, [contacts, users, nameOf, i18n.language]);
  const names = useMemo(() => sorted.map(({ name }) => name), [sorted]);
  const initialOf = useInitials(names);
  return useMemo(() => {
    const byLetter = new Map<string, User[]>();
    for (const { user, name } of sorted) {
      const letter = initialOf?.(name) ?? "";
      const people = byLetter.get(letter);
      if (people === undefined) byLetter.set(letter, [user]);
      else people.push(user);
    }
    // What begins with no letter comes last, as in every address book.
    const place = (letter: string) => (letter === "#" ? "~" : letter);
    return {
      favourites: sorted.flatMap(({ user }) => (contacts.get(user.userId)?.favourite ? user : [])),
      letters: [...byLetter]
        .map(([letter, people]) => ({ letter, people }))
        .toSorted((a, b) => (place(a.letter) < place(b.letter) ? -1 : 1)),
      groups,
      others: known.filter(({ userId }) => contacts.get(userId)?.since === undefined),
    };
  }, [sorted, initialOf, contacts, groups, known]);
}
