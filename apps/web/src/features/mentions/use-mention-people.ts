import type { ConversationView } from "@im-webapp/client";
import type { Member, UserId } from "@im-webapp/protocol";
import { useEffect, useMemo, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import type { Findable } from "./find-people.ts";

/** Pages of members that are looked through; of a larger group, those who spoke lately can be named as well. */
const MOST_PAGES = 10;

/** Somebody who can be named in a group. */
export interface MentionPerson extends Findable {
  readonly userId: UserId;
  /** What stands in the text, which others read: never an alias of one's own. */
  readonly written: string;
}

/** The members of a group, asked for page by page from the first @ on; without a connection, those who spoke lately. */
export function useMentionPeople(
  conversation: ConversationView | undefined,
  isWanted: boolean,
): readonly MentionPerson[] {
  const { conversationId = "", groupId } = conversation ?? {};
  const client = useClient();
  const users = useClientState((state) => state.users);
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  const messages = useClientState((state) => state.windows.get(conversationId)?.messages);
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [members, setMembers] = useState<readonly Member[]>([]);

  useEffect(() => {
    if (!isWanted || groupId === undefined || !isOnline) return undefined;
    let isCurrent = true;
    const load = async () => {
      const found: Member[] = [];
      let page: string | undefined;
      for (let count = 0; count < MOST_PAGES; count += 1) {
        const answer = await client.groups.members(groupId, { page });
        found.push(...answer.members);
        if (!isCurrent) return;
        setMembers([...found]);
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
    const groupAliases = new Map(members.map(({ userId, alias }) => [userId, alias === undefined ? [] : [alias]]));
    const lately = (messages ?? []).toReversed().map(({ senderId }) => senderId);
    return [...new Set([...lately, ...members.map(({ userId }) => userId)])].flatMap((userId) => {
      const user = users.get(userId);
      return user === undefined || user.deleted || userId === ownId
        ? []
        : [
            {
              userId,
              name: nameOf(userId),
              written: user.displayName,
              others: [user.username, user.displayName, ...(groupAliases.get(userId) ?? [])],
            },
          ];
    });
  }, [isWanted, messages, members, users, ownId, nameOf]);
}
