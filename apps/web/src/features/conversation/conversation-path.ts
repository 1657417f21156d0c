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

/** Options of a navigation that goes to its place again even when the address is that place already. */
export function leapTo(): { readonly state: { readonly leap: number } } {
  return { state: { leap: performance.now() } };
}

/** The same from what a search has found, which back leads to. */
export function leapFromSearch(): { readonly state: { readonly leap: number; readonly isFound: true } } {
  return { state: { leap: performance.now(), isFound: true } };
}

export function isFromSearch(state: unknown): boolean {
  return typeof state === "object" && state !== null && "isFound" in state && state.isFound === true;
}

/** Which leap led to a place; undefined where the address has changed in other ways, or not at all. */
export function leapOf(state: unknown): number | undefined {
  if (typeof state !== "object" || state === null || !("leap" in state)) return undefined;
  return typeof state.leap === "number" ? state.leap : undefined;
}

/** The message that an address names; null where it names none. */
export function seqOf(part: string | undefined): Seq | null {
  const seq = Number(part);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}
