import type { Group, GroupId } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";

/**
 * A group as the server has it. Asked for again when `version` changes, which stands for everything that may have
 * changed it, and after a reconnect; until the answer what was known stays. Undefined until it is known.
 */
export function useGroup(
  groupId: GroupId,
  version: string,
  isMember: boolean,
): [Group | undefined, (group: Group) => void] {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [group, setGroup] = useState<Group>();
  useEffect(() => {
    if (!isOnline || !isMember) return undefined;
    let isCurrent = true;
    client.groups.get(groupId).then(
      (found) => isCurrent && setGroup(found),
      // What needs it is not shown until it is known; the next change or reconnect asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, version, isOnline, isMember]);
  return [group, setGroup];
}
