import type { ConversationView, MessageWindow } from "@im-webapp/client";
import { MAX_IDS_PER_CALL, SYSTEM_SENDER, type UserId } from "@im-webapp/protocol";
import { useEffect, useMemo, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { type Aliases, NO_ALIASES } from "../../app/names.ts";

/** Those who have written what is in memory, and those of whom it tells. */
function namedIn(window: MessageWindow | undefined): string {
  const ids = new Set<UserId>();
  for (const { senderId, content } of window?.messages ?? []) {
    if (senderId !== SYSTEM_SENDER) ids.add(senderId);
    if (content.kind !== "system") continue;
    if ("by" in content) ids.add(content.by);
    if ("userId" in content) ids.add(content.userId);
    if ("userIds" in content) for (const userId of content.userIds) ids.add(userId);
  }
  return [...ids].slice(0, MAX_IDS_PER_CALL).toSorted().join(" ");
}

/**
 * What the members of a group go by in it, as far as its messages name them. Asked for again whenever somebody's name may
 * have changed; until the answer, and without the server, what was known stays.
 */
export function useAliases(conversation: ConversationView, window: MessageWindow | undefined): Aliases {
  const { groupId, memberVersion, left = false } = conversation;
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [aliases, setAliases] = useState(NO_ALIASES);
  const named = useMemo(() => (groupId === undefined ? "" : namedIn(window)), [groupId, window]);
  useEffect(() => {
    if (groupId === undefined || left || !isOnline || named === "") return undefined;
    let isCurrent = true;
    client.groups.lookupMembers(groupId, named.split(" ")).then(
      ({ members }) => {
        if (!isCurrent) return;
        setAliases(new Map(members.flatMap(({ userId, alias }) => (alias === undefined ? [] : [[userId, alias]]))));
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, left, memberVersion, named, isOnline]);
  return aliases;
}
