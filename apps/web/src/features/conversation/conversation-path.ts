import type { ConversationId } from "@im-webapp/protocol";

/** Search parameter that opens the details beside or over a conversation. */
export const PANEL_PARAM = "panel";
export const DETAILS_PANEL = "details";

/** A conversation's address. */
export function conversationPath(conversationId: ConversationId): string {
  return `/c/${encodeURIComponent(conversationId)}`;
}
