import type { ConversationView } from "@im-webapp/client";

/** What says that something is unread: a number or a dot in red, or a grey dot for what is not to disturb. */
export type UnreadMark = "none" | "quiet" | "dot" | "count";

type Marked = Pick<ConversationView, "unread" | "muted" | "notify" | "markedUnread">;

/**
 * The mark of a conversation in the list. What is muted is grey however it came to be unread, and what is blocked has only
 * the mark that one has set.
 */
export function unreadMark({ unread, muted, notify, markedUnread = false }: Marked): UnreadMark {
  if (markedUnread) return muted ? "quiet" : "dot";
  if (unread === 0 || notify === -1) return "none";
  return muted ? "quiet" : "count";
}

const STRENGTH: readonly UnreadMark[] = ["none", "quiet", "dot", "count"];

/** The mark of all of them together, which is the strongest that one of them has in the list. */
export function strongestMark(conversations: readonly (Marked & Pick<ConversationView, "hidden">)[]): UnreadMark {
  const strengths = conversations.map((one) => (one.hidden ? 0 : STRENGTH.indexOf(unreadMark(one))));
  return STRENGTH[Math.max(0, ...strengths)] ?? "none";
}
