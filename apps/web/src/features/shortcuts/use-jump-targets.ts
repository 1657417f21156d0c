import type { ConversationView, ClientState } from "@im-webapp/client";
import { useMemo } from "react";
import { useClientState } from "@im-webapp/react";
import { type NameOf, useNameOf } from "../../app/names.ts";
import { useTitleOf } from "../conversation/conversation-title.ts";
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
  /** Of the person, to tell those of one name apart. */
  readonly username?: string;
}

function targetsOf(
  { conversations, users, me }: Pick<ClientState, "conversations" | "users" | "me">,
  nameOf: NameOf,
  titleOf: ReturnType<typeof useTitleOf>,
): readonly JumpTarget[] {
  const chats = conversations.map((conversation): JumpTarget => {
    const { conversationId, peerId } = conversation;
    const peer = peerId === undefined ? undefined : users.get(peerId);
    return {
      key: conversationId,
      path: conversationPath(conversationId),
      name: titleOf(conversation),
      others: peer === undefined || peer.deleted ? [] : [peer.displayName, peer.username],
      conversation,
      ...(peer !== undefined && !peer.deleted && { username: peer.username }),
    };
  });
  const peers = new Set(conversations.map(({ peerId }) => peerId));
  const people = [...users.values()]
    .filter(({ userId, deleted }) => userId !== me?.userId && !deleted && !peers.has(userId))
    .map(({ userId, displayName, username }): JumpTarget => ({
      key: `u:${userId}`,
      path: `/u/${encodeURIComponent(userId)}`,
      name: nameOf(userId),
      others: [displayName, username],
      userId,
      username,
    }));
  return [...chats, ...people];
}

/** Conversations, the latest first, and then people whom this device knows, as a query finds them. Local. */
export function useJumpTargets(query: string): readonly JumpTarget[] {
  const nameOf = useNameOf();
  const titleOf = useTitleOf();
  const conversations = useClientState((state) => state.conversations);
  const users = useClientState((state) => state.users);
  const me = useClientState((state) => state.me);
  const pinyin = usePinyin(true);
  const all = useMemo(
    () => targetsOf({ conversations, users, me }, nameOf, titleOf),
    [conversations, users, me, nameOf, titleOf],
  );
  return useMemo(() => findPeople(all, query, pinyin).slice(0, MOST_SHOWN), [all, query, pinyin]);
}
