import type { GroupId, Member } from "@im-webapp/protocol";
import { useCallback, useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";

type Listing =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly members: readonly Member[]; readonly page: string | undefined }
  | { readonly status: "failed"; readonly error: unknown };

interface GroupMembers {
  readonly listing: Listing;
  /** Fetches the next page of members, if there is one. */
  readonly loadMore: () => Promise<void>;
  readonly reload: () => void;
}

/**
 * The members of a group, page by page, as the server lists them. Asked for again when `version` changes, which stands
 * for everything that may have changed the membership, and after a reconnect; until the answer the earlier list stays.
 * Nobody is asked while `isMember` is false: who has left may not know.
 */
export function useGroupMembers(groupId: GroupId, version: string, isMember: boolean): GroupMembers {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [attempt, setAttempt] = useState(0);
  const [listing, setListing] = useState<Listing>({ status: "loading" });

  useEffect(() => {
    if (!isOnline || !isMember) return undefined;
    let isCurrent = true;
    client.groups.members(groupId).then(
      ({ members, more, page }) => {
        if (isCurrent) setListing({ status: "ready", members, page: more ? page : undefined });
      },
      (error: unknown) => {
        if (isCurrent) setListing((earlier) => (earlier.status === "ready" ? earlier : { status: "failed", error }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, version, isOnline, isMember, attempt]);

  const loadMore = useCallback(async () => {
    if (listing.status !== "ready" || listing.page === undefined) return;
    const answer = await client.groups.members(groupId, listing.page);
    const next: Listing = {
      status: "ready",
      members: [...listing.members, ...answer.members],
      page: answer.more ? answer.page : undefined,
    };
    setListing((now) => (now === listing ? next : now));
  }, [client, groupId, listing]);

  const reload = useCallback(() => {
    setListing({ status: "loading" });
    setAttempt((count) => count + 1);
  }, []);

  const isStuck = listing.status === "loading" && !isOnline;
  return { listing: isStuck ? { status: "failed", error: { code: "UNAVAILABLE" } } : listing, loadMore, reload };
}
