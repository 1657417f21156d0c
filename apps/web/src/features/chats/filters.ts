import type { ConversationView } from "@im-webapp/client";
import { useState } from "react";
import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

export const FILTERS = ["all", "unread", "groups", "direct"] as const;
export type Filter = (typeof FILTERS)[number];

const KEY = "chats.filter";

/** Whether a conversation is in the list; what is hidden is in none. */
export function isListed(
  {
    hidden,
    type,
    unread,
    notify,
    markedUnread,
  }: Pick<ConversationView, "hidden" | "type" | "unread" | "notify" | "markedUnread">,
  filter: Filter,
): boolean {
  if (hidden) return false;
  switch (filter) {
    case "all":
      return true;
    case "unread":
      return markedUnread === true || (unread > 0 && notify !== -1);
    case "groups":
      return type === "group";
    case "direct":
      return type === "direct";
  }
}

/** The filter of the list, which this browser remembers. */
export function useFilter(): [Filter, (filter: Filter) => void] {
  const [filter, setFilter] = useState<Filter>(() => FILTERS.find((name) => name === readSetting(KEY)) ?? "all");
  const choose = (next: Filter) => {
    writeSetting(KEY, next === "all" ? null : next);
    setFilter(next);
  };
  return [filter, choose];
}
