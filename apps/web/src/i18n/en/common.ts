import type { Messages } from "../messages.ts";

export const common: Messages["common"] = {
  listSeparator: ", ",
  back: "Back",
  cancel: "Cancel",
  close: "Close",
  retry: "Try again",
  loading: "Loading",
  loadMore: "Load more",
  you: "You",
  youObject: "you",
};
