import type { Conversation } from "@im-webapp/protocol";

const SETTINGS = ["pinned", "muted", "notify", "hiddenSeq", "markedUnread", "settingsVersion"] as const;
const DRAFT = ["draft", "draftAt"] as const;

/**
 * The server's view of a conversation with the newest settings and draft that are known, which `held` may have: the view
 * may have been taken before entries that were applied already.
 */
export function withNewestSettings(view: Conversation, held: Conversation): Conversation {
  const [seen, known] = [view.settingsVersion ?? 0, held.settingsVersion ?? 0];
  let next = seen < known ? taken(view, held, SETTINGS) : view;
  // A reading takes the mark away and leaves the version: of two views that differ in nothing else it is gone.
  if (seen === known && held.markedUnread !== true) next = unmarked(next);
  return (view.draftAt ?? 0) < (held.draftAt ?? 0) ? taken(next, held, DRAFT) : next;
}

/** Without the mark of being unread. */
export function unmarked(conversation: Conversation): Conversation {
  if (conversation.markedUnread === undefined) return conversation;
  const { markedUnread: _, ...rest } = conversation;
  return rest;
}

function taken(view: Conversation, held: Conversation, keys: readonly (keyof Conversation)[]): Conversation {
  const own = Object.entries(view).filter(([key]) => !keys.includes(key as keyof Conversation));
  const others = Object.entries(held).filter(([key]) => keys.includes(key as keyof Conversation));
  return Object.fromEntries([...own, ...others]) as unknown as Conversation;
}
