import type { Messages } from "../messages.ts";

export const mention: Messages["mention"] = {
  list: "Members to mention",
  everyone: "everyone",
  inList: "[Mentioned]",
  toFirst_one: "{{count}} message mentions you. Go to it",
  toFirst_other: "{{count}} messages mention you. Go to the first",
};
