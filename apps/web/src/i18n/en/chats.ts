import type { Messages } from "../messages.ts";

export const chats: Messages["chats"] = {
  title: "Chats",
  list: "Conversations",
  empty: "No chats yet",
  emptyHint: "Find a friend or create a group, and start by saying hello.",
  new: "New chat",
  newGroup: "New group",
  findPeople: "Find people",
  pick: "Choose a conversation",
  pickHint: "Or find people, or create a group.",
  unread_one: "{{count}} unread",
  unread_other: "{{count}} unread",
  muted: "Muted",
  noMessages: "No messages yet",
  draft: "[Draft]",
  resize: "Resize the list",
};
