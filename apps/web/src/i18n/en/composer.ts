import type { Messages } from "../messages.ts";

export const composer: Messages["composer"] = {
  label: "Message",
  placeholder: "Write a message…",
  placeholderTo: "Message {{name}}",
  send: "Send",
  emoji: "Emoji",
  remaining_one: "{{count}} character left",
  remaining_other: "{{count}} characters left",
  over_one: "{{count}} character too many",
  over_other: "{{count}} characters too many",
  hint: "Enter sends, Shift + Enter starts a new line",
  hintSwapped: "Shift + Enter sends, Enter starts a new line",
  notSaved: "The message could not be stored on this device. Please try again",
};
