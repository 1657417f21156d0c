import type { ClientState, ConversationView } from "@im-webapp/client";
import type { ConversationId, UserId } from "@im-webapp/protocol";

/** What became of the conversations between two states that were complete. */
export interface News {
  /** Those with something new that their user wants to hear of, newest first. */
  readonly heard: readonly ConversationView[];
  /** Those of which nothing is unread any more. */
  readonly read: readonly ConversationId[];
}

/** Whether what is unread in it is to be told: not blocked; a silent one only where it names this user. */
export function isTold(view: ConversationView, ownId: UserId | undefined): boolean {
  const { lastMessage, unread, notify = 0, mentioned, left } = view;
  if (lastMessage === undefined || unread === 0 || left === true) return false;
  if (lastMessage.senderId === ownId || lastMessage.content.kind === "system") return false;
  return notify === 0 || (notify === 1 && mentioned === true);
}

/** What is new in `after`. */
export function newsBetween(
  before: readonly ConversationView[],
  { conversations, me }: Pick<ClientState, "conversations" | "me">,
): News {
  const held = new Map(before.map((view) => [view.conversationId, view]));
  const heard = conversations.filter(
    (view) => view.lastSeq > (held.get(view.conversationId)?.lastSeq ?? 0) && isTold(view, me?.userId),
  );
  const read = conversations
    .filter(({ conversationId, unread }) => unread === 0 && (held.get(conversationId)?.unread ?? 0) > 0)
    .map(({ conversationId }) => conversationId);
  return { heard: heard.toSorted((a, b) => b.activeAt - a.activeAt), read };
}
