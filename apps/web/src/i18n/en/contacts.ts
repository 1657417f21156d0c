import type { Messages } from "../messages.ts";

export const contacts: Messages["contacts"] = {
  title: "Contacts",
  find: "Find people",
  findPlaceholder: "Name, username or phone",
  clear: "Clear",
  groups: "Groups",
  people: "Contacts and people you chat with",
  results: "Results",
  noResults: "Nobody found for “{{query}}”",
  noResultsHint: "Try another name, or enter a whole phone number.",
  empty: "No contacts yet",
  emptyHint: "Enter a name, username or phone number to find your friends.",
  pick: "Choose someone to see their card",
  searching: "Searching…",
  found_one: "{{count}} person found",
  found_other: "{{count}} people found",
  message: "Send message",
  userNotFound: "Nobody found here",
  userNotFoundHint: "The account may be gone, or the link is incomplete.",
  isYou: "This is you",
  editMe: "Open my settings",
};
