import type { Messages } from "../messages.ts";

export const conversation: Messages["conversation"] = {
  notFound: "This conversation does not exist",
  notFoundHint: "It may have been removed, or you are not a member of it.",
  members_one: "{{count}} member",
  members_other: "{{count}} members",
  personDetails: "Chat details",
  left: "You are no longer in this group and can only read earlier messages",
  system: "System notices",
};
