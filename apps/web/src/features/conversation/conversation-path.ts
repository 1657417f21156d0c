import type { ConversationId, Seq } from "@im-webapp/protocol";

/** Search parameter that opens the details beside or over a conversation. */
export const PANEL_PARAM = "panel";
export const DETAILS_PANEL = "details";

/** A conversation's address. */
export function conversationPath(conversationId: ConversationId): string {
  return `/c/${encodeURIComponent(conversationId)}`;
}

/** The address of a message in its conversation. */
export function messagePath(conversationId: ConversationId, seq: Seq): string {
  return `${conversationPath(conversationId)}/m/${seq}`;
}

/** The message that an address names; null where it names none. */
export function seqOf(part: string | undefined): Seq | null {
  const seq = Number(part);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}
