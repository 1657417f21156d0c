import type { ConversationView } from "@im-webapp/client";
import { type KeyboardEvent, type RefObject, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useOptions } from "../../ui/use-options.ts";
import { findPeople } from "./find-people.ts";
import { type MentionQuery, mentionQuery, withMention } from "./mention-query.ts";
import { EVERYONE, EVERYONE_NAMES, type MentionedId, rememberPick } from "./picked-mentions.ts";
import { useMentionPeople } from "./use-mention-people.ts";
import { usePinyin } from "./use-pinyin.ts";

/** Most that the list shows; a letter more finds the others. */
const MOST_SHOWN = 50;

/** Somebody in the list. */
export interface MentionOption {
  readonly id: MentionedId;
  readonly name: string;
  /** What stands in the text, which others read. */
  readonly written: string;
  readonly note?: string;
}

/** What the composer needs to offer names after an @. */
export interface Mentions {
  readonly listId: string;
  readonly activeId: string | undefined;
  /** Empty while nothing is offered. */
  readonly options: readonly MentionOption[];
  readonly active: number;
  /** The caret or the text has moved. */
  readonly look: () => void;
  /** Takes the keys that the open list wants; whether it did. */
  readonly press: (event: KeyboardEvent) => boolean;
  readonly pick: (option: MentionOption) => void;
  readonly close: () => void;
}

/** Offers the members of a group while an @ is being typed. */
export function useMentions(
  conversation: ConversationView | undefined,
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onWrite: (text: string) => void,
): Mentions {
  const { t } = useTranslation();
  const client = useClient();
  const [query, setQuery] = useState<MentionQuery | null>(null);
  const group = conversation?.type === "group" ? conversation : undefined;
  // The text goes by itself when it is sent.
  if (text === "" && query !== null) setQuery(null);
  const isOpen = query !== null && group !== undefined;
  const people = useMentionPeople(conversation, isOpen && group !== undefined);
  const pinyin = usePinyin(isOpen);

  const options = useMemo((): readonly MentionOption[] => {
    if (query === null || group === undefined) return [];
    const everyone = {
      userId: EVERYONE,
      name: t("mention.everyone"),
      written: t("mention.everyone"),
      others: [...EVERYONE_NAMES, "all"],
    };
    return findPeople([everyone, ...people], query.text, pinyin)
      .slice(0, MOST_SHOWN)
      .map(({ userId, name, written, others }) => ({
        id: userId,
        name,
        written,
        ...(userId !== EVERYONE && others?.[0] !== undefined && { note: `@${others[0]}` }),
      }));
  }, [query, group, people, pinyin, t]);

  const { listId, active, activeId, restart, walk } = useOptions(options.length);

  const look = () => {
    const element = field.current;
    const isCaret = element !== null && element.selectionStart === element.selectionEnd;
    const next = isCaret ? mentionQuery(element.value, element.selectionStart) : null;
    if (next?.start !== query?.start || next?.text !== query?.text) {
      setQuery(next);
      restart();
    }
  };
  const close = () => setQuery(null);
  const pick = (option: MentionOption) => {
    const element = field.current;
    if (query === null || element === null || group === undefined) return;
    const next = withMention(text, query, option.written);
    rememberPick(client, group.conversationId, option.written, option.id);
    onWrite(next.text);
    close();
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.caret, next.caret);
    });
  };
  const press = (event: KeyboardEvent): boolean => {
    const chosen = options[active];
    if (chosen === undefined) return false;
    if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) pick(chosen);
    else if (!walk(event)) return false;
    event.preventDefault();
    return true;
  };

  return { listId, activeId, options, active, look, press, pick, close };
}
