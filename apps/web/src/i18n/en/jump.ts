import type { Messages } from "../messages.ts";

export const jump: Messages["jump"] = {
  title: "Jump to a chat or a person",
  placeholder: "A name, or its pinyin…",
  found: "Chats and people found",
  none: "Nothing found",
  group: "Group",
  shortcuts: "Keyboard shortcuts",
  key_jump: "Jump to any chat",
  key_search: "Search everything",
  key_find: "Search the open chat",
  key_help: "Show the shortcuts",
  key_editLast: "Edit the last message, from the empty field",
  key_leave: "Leave a reply, an edit or a selection",
  key_walk: "Move between messages",
  key_menu: "Open a message's menu",
  key_mention: "Mention somebody in a group",
  sendKey: "Send messages with",
  sendKey_enter: "Enter",
  sendKey_shiftEnter: "Shift + Enter",
};
