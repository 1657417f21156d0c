import type { Messages } from "../messages.ts";

export const crash: Messages["crash"] = {
  title: "Something went wrong on this page",
  text: "Your messages are safe. Reload the page to go on.",
  reload: "Reload",
};
