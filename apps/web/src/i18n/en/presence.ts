import type { Messages } from "../messages.ts";

export const presence: Messages["presence"] = {
  online: "Online",
  lastSeen: "Last seen {{time}}",
  typing: "typing…",
  typingNamed_one: "{{names}} is typing…",
  typingNamed_other: "{{names}} are typing…",
  typingMany_one: "{{count}} person is typing…",
  typingMany_other: "{{count}} people are typing…",
};
