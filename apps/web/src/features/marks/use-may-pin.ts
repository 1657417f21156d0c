import type { ConversationView } from "@im-webapp/client";
import { ROLES } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";

/** Whether this person may pin here: both of a direct conversation, and a group's owner and admins, once that is known. */
export function useMayPin({ type, groupId, left = false }: ConversationView): boolean {
  const client = useClient();
  const ownId = useClientState((state) => state.me?.userId);
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [isAdmin, setAdmin] = useState(false);
  useEffect(() => {
    if (groupId === undefined || left || !isOnline) return undefined;
    let isCurrent = true;
    const look = async () => {
      let page: string | undefined;
      do {
        const answer = await client.groups.members(groupId, { page });
        const own = answer.members.find(({ userId }) => userId === ownId);
        if (!isCurrent) return;
        if (own !== undefined) {
          setAdmin(own.role >= ROLES.admin);
          return;
        }
        page = answer.more ? answer.page : undefined;
      } while (page !== undefined);
    };
    // Without it pinning is not offered; the server would refuse those who may not.
    look().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, left, ownId, isOnline]);
  return !left && (type === "direct" || (type === "group" && isAdmin));
}
