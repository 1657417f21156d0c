import type { GroupId, Member } from "@im-webapp/protocol";
import { useCallback, useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { useSettled } from "../../lib/use-settled.ts";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST_MS = 250;

type Listing =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly members: readonly Member[]; readonly page: string | undefined }
  | { readonly status: "failed"; readonly error: unknown };

export interface ListedMembers {
  readonly listing: Listing;
  /** The one at the screen, once known; whether listed or not. */
  readonly self: Member | undefined;
  /** Fetches the next page of members, if there is one. */
  readonly loadMore: () => Promise<void>;
  /** After a failure: begins anew. */
  readonly reload: () => void;
  /** Asks again, and leaves what is listed until the answer. */
  readonly refresh: () => void;
}

interface Wanted {
  /** Stands for everything that may have changed the membership. */
  readonly version: string;
  /** Nobody is asked while this is false: who has left may not know. */
  readonly isMember: boolean;
  /** The beginning of the names to list; empty for all. */
  readonly query: string;
}

/**
 * The members of a group, page by page, as the server lists them. Asked for again when `version` changes and after a
 * reconnect; until the answer the earlier list stays.
 */
export function useGroupMembers(groupId: GroupId, { version, isMember, query }: Wanted): ListedMembers {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const ownId = useClientState((state) => state.me?.userId);
  const [attempt, setAttempt] = useState(0);
  const [listing, setListing] = useState<Listing>({ status: "loading" });
  const [self, setSelf] = useState<Member>();
  const settled = useSettled(query, REST_MS);
  const asked = settled === "" ? undefined : settled;

  useEffect(() => {
    if (!isOnline || !isMember) return undefined;
    let isCurrent = true;
    client.groups.members(groupId, { query: asked }).then(
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
  }, [client, groupId, version, isOnline, isMember, attempt, asked]);

  useEffect(() => {
    if (!isOnline || !isMember || ownId === undefined) return undefined;
    let isCurrent = true;
    client.groups.lookupMembers(groupId, [ownId]).then(
      ({ members }) => isCurrent && setSelf(members[0]),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, groupId, version, isOnline, isMember, attempt, ownId]);

  const loadMore = useCallback(async () => {
    if (listing.status !== "ready" || listing.page === undefined) return;
    const answer = await client.groups.members(groupId, { page: listing.page, query: asked });
    const next: Listing = {
      status: "ready",
      members: [...listing.members, ...answer.members],
      page: answer.more ? answer.page : undefined,
    };
    setListing((now) => (now === listing ? next : now));
  }, [client, groupId, listing, asked]);

  const refresh = useCallback(() => setAttempt((count) => count + 1), []);
  const reload = useCallback(() => {
    setListing({ status: "loading" });
    refresh();
  }, [refresh]);

  const isStuck = listing.status === "loading" && !isOnline;
  const shown: Listing = isStuck ? { status: "failed", error: { code: "UNAVAILABLE" } } : listing;
  return { listing: shown, self, loadMore, reload, refresh };
}
