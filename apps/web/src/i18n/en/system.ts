import type { Messages } from "../messages.ts";

export const system: Messages["system"] = {
  created: "{{by}} created the group “{{name}}”",
  createdWith: "{{by}} created the group “{{name}}” with {{names}}",
  added: "{{by}} added {{names}}",
  removed: "{{by}} removed {{names}}",
  left: "{{by}} left the group",
  recalled: "{{by}} recalled a message",
  pinned: "{{by}} pinned a message",
  unpinned: "{{by}} unpinned a message",
  deleted: "You deleted a message",
  andMore_one: "{{names}} and {{count}} other",
  andMore_other: "{{names}} and {{count}} others",
};
