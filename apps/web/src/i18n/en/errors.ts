import type { Messages } from "../messages.ts";

export const errors: Messages["errors"] = {
  unavailable: "The server cannot be reached right now. Please try again later",
  offline: "There is no network. Check your connection and try again",
  rateLimited_one: "Too many attempts. Try again in {{count}} second",
  rateLimited_other: "Too many attempts. Try again in {{count}} seconds",
  forbidden: "You are not allowed to do this",
  blocked: "They take no messages from you",
  contactsOnly: "They take messages from contacts only: add them first",
  notFound: "This no longer exists. It may have been removed",
  tooLarge: "This is too long",
  unexpected: "Something went wrong. Please try again",
  sessionEnded: "Your session has ended. Please log in again",
  muted: "You are muted in this group",
};
