import type { ConversationView } from "@im-webapp/client";
import type { UserId } from "@im-webapp/protocol";
import { useEffect, useMemo, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import type { Findable } from "./find-people.ts";

/** Pages of members that are looked through; of a larger group, those who spoke lately can be named as well. */
const MOST_PAGES = 10;

/** Somebody who can be named in a group. */
export interface MentionPerson extends Findable {
  readonly userId: UserId;
}

/** The members of a group, asked for page by page from the first @ on; without a connection, those who spoke lately. */
export function useMentionPeople(
  conversation: ConversationView | undefined,
  isWanted: boolean,
): readonly MentionPerson[] {
  const { conversationId = "", groupId } = conversation ?? {};
  const client = useClient();
  const users = useClientState((state) => state.users);
  const ownId = useClientState((state) => state.me?.userId);
  const messages = useClientState((state) => state.windows.get(conversationId)?.messages);
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [memberIds, setMemberIds] = useState<readonly UserId[]>([]);

  useEffect(() => {
    if (!isWanted || groupId === undefined || !isOnline) return undefined;
    let isCurrent = true;
    const load = async () => {
      const ids: UserId[] = [];
      let page: string | undefined;
      for (let count = 0; count < MOST_PAGES; count += 1) {
        const answer = await client.groups.members(groupId, { page });
        ids.push(...answer.members.map(({ userId }) => userId));
        if (!isCurrent) return;
        setMemberIds([...ids]);
        if (!answer.more) return;
        page = answer.page;
      }
    };
    load().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, isWanted, isOnline]);

  return useMemo(() => {
    if (!isWanted) return [];
    const lately = (messages ?? []).toReversed().map(({ senderId }) => senderId);
    return [...new Set([...lately, ...memberIds])].flatMap((userId) => {
      const user = users.get(userId);
      return user === undefined || userId === ownId
        ? []
        : [{ userId, name: user.displayName, others: [user.username] }];
    });
  }, [isWanted, messages, memberIds, users, ownId]);
}
