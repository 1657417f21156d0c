import type { Messages } from "../messages.ts";

export const nav: Messages["nav"] = {
  label: "Main navigation",
  chats: "Chats",
  contacts: "Contacts",
  me: "Me",
};
