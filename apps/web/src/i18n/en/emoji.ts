import type { Messages } from "../messages.ts";

export const emoji: Messages["emoji"] = {
  search: "Search emoji",
  groups: "Groups of emoji",
  found: "Emoji found",
  none: "No emoji found. Try another word",
  failed: "The emoji could not be loaded",
  group_recent: "Recent",
  group_0: "Smileys and emotion",
  group_1: "People and body",
  group_3: "Animals and nature",
  group_4: "Food and drink",
  group_5: "Travel and places",
  group_6: "Activities",
  group_7: "Objects",
  group_8: "Symbols",
  group_9: "Flags",
};
