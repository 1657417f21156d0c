import type { SearchResult } from "@im-webapp/client";
import type { SearchHit } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { PERIODS, type Search } from "./search-params.ts";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST_MS = 200;
const DAY_MS = 86_400_000;
/** Pages that are asked for in a row while they have nothing on them. */
const EMPTY_PAGES = 5;

interface Held {
  readonly key: string;
  readonly status: "searching" | "ready" | "failed";
  readonly hits: readonly SearchHit[];
  readonly source: SearchResult["source"];
  readonly page?: string | undefined;
  readonly error?: unknown;
}

export interface MessageHits extends Omit<Held, "key" | "status"> {
  readonly status: "idle" | Held["status"];
  /** Fetches the next page, or again what failed. */
  readonly loadMore: () => void;
}

const keyOf = (search: Search) => JSON.stringify(search);
const begin = (key: string): Held => ({ key, status: "searching", hits: [], source: "server" });

/** The messages that a search finds, as one types; late answers to old questions are dropped. */
export function useMessageHits(search: Search): MessageHits {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const { query, within, kind, senderId, period } = search;
  const isIdle = query.trim() === "" && kind === undefined && senderId === undefined;
  const key = keyOf(search);
  const [last, setLast] = useState<Held>(() => begin(key));
  const held = last.key === key ? last : begin(key);

  const ask = async (after: Held): Promise<Held> => {
    const days = PERIODS[period];
    const question = {
      query,
      conversationId: within,
      kind,
      senderId,
      from: days === undefined ? undefined : Date.now() - days * DAY_MS,
    };
    try {
      let { page } = after;
      for (let asked = 1; ; asked += 1) {
        const answer = await client.search.messages(question, page);
        ({ page } = answer);
        if (answer.hits.length === 0 && answer.more && asked < EMPTY_PAGES) continue;
        const hits = [...after.hits, ...answer.hits];
        return { key, status: "ready", hits, source: answer.source, page: answer.more ? page : undefined };
      }
    } catch (error) {
      return { ...after, status: "failed", error };
    }
  };

  useEffect(() => {
    if (isIdle) return undefined;
    let isWanted = true;
    const look = async () => {
      const next = await ask(begin(key));
      if (isWanted) setLast(next);
    };
    const timer = setTimeout(() => void look(), REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
    // The key says all that is asked; a connection that is back is asked anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isIdle, isOnline, client]);

  const loadMore = async () => {
    const asked: Held = { ...held, status: "searching" };
    setLast(asked);
    const next = await ask(asked);
    setLast((now) => (now === asked ? next : now));
  };
  return { ...held, status: isIdle ? "idle" : held.status, loadMore: () => void loadMore() };
}
