import type { Messages } from "../messages.ts";

export const notFound: Messages["notFound"] = {
  title: "There is no such page",
  text: "The link may be incomplete, or the page has moved.",
  home: "Back to chats",
};
