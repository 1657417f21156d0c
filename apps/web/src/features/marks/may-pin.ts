import type { ConversationView } from "@im-webapp/client";
import { ROLES } from "@im-webapp/protocol";

/** Whether this person may pin here: both of a direct conversation, and a group's owner and admins. */
export function mayPin({ type, role = ROLES.member, left = false }: ConversationView): boolean {
  return !left && (type === "direct" || (type === "group" && role >= ROLES.admin));
}
