import type { ConversationView } from "@im-webapp/client";
import { type Role, ROLES } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";

/** What this person may do in a group, as far as that is known by now; a member's where it is no group. */
export function useOwnRole({ groupId, left = false }: Pick<ConversationView, "groupId" | "left">): Role {
  const client = useClient();
  const ownId = useClientState((state) => state.me?.userId);
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [role, setRole] = useState<Role>(ROLES.member);
  useEffect(() => {
    if (groupId === undefined || left || !isOnline) return undefined;
    let isCurrent = true;
    client.groups.get(groupId).then(
      ({ ownerId }) => {
        if (isCurrent) setRole(ownerId === ownId ? ROLES.owner : ROLES.member);
      },
      // Without it, only one's own messages are offered to be recalled.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, left, ownId, isOnline]);
  return role;
}
