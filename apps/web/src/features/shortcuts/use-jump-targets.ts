import type { ConversationView, ClientState } from "@im-webapp/client";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { conversationPath } from "../conversation/conversation-path.ts";
import { type Findable, findPeople } from "../mentions/find-people.ts";
import { usePinyin } from "../mentions/use-pinyin.ts";

/** Most that are shown; a letter more finds the others. */
const MOST_SHOWN = 30;

/** Somewhere to go. */
export interface JumpTarget extends Findable {
  readonly key: string;
  readonly path: string;
  /** The conversation, for its picture; a person without one has their card. */
  readonly conversation?: ConversationView;
  readonly userId?: string;
}

function targetsOf(
  { conversations, users, me }: Pick<ClientState, "conversations" | "users" | "me">,
  systemName: string,
): readonly JumpTarget[] {
  const chats = conversations.map((conversation): JumpTarget => {
    const { conversationId, type, title, peerId } = conversation;
    const peer = peerId === undefined ? undefined : users.get(peerId);
    return {
      key: conversationId,
      path: conversationPath(conversationId),
      name: type === "system" ? systemName : (peer?.displayName ?? title ?? "…"),
      others: peer === undefined ? [] : [peer.username],
      conversation,
    };
  });
  const peers = new Set(conversations.map(({ peerId }) => peerId));
  const people = [...users.values()]
    .filter(({ userId }) => userId !== me?.userId && !peers.has(userId))
    .map(({ userId, displayName, username }): JumpTarget => ({
      key: `u:${userId}`,
      path: `/u/${encodeURIComponent(userId)}`,
      name: displayName,
      others: [username],
      userId,
    }));
  return [...chats, ...people];
}

/** Conversations, the latest first, and then people whom this device knows, as a query finds them. Local. */
export function useJumpTargets(query: string): readonly JumpTarget[] {
  const { t } = useTranslation();
  const conversations = useClientState((state) => state.conversations);
  const users = useClientState((state) => state.users);
  const me = useClientState((state) => state.me);
  const pinyin = usePinyin(true);
  const all = useMemo(
    () => targetsOf({ conversations, users, me }, t("conversation.system")),
    [conversations, users, me, t],
  );
  return useMemo(() => findPeople(all, query, pinyin).slice(0, MOST_SHOWN), [all, query, pinyin]);
}
