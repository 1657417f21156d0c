import type { FileQuestion, SearchQuestion } from "@im-webapp/client";
import type { FileHit, SearchHit } from "@im-webapp/protocol";
import { useEffect, useState } from "react";
import { useClient, useClientState } from "@im-webapp/react";
import { PERIODS, type Search } from "./search-params.ts";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST_MS = 200;
const DAY_MS = 86_400_000;
/** Pages that are asked for in a row while they have nothing on them. */
const EMPTY_PAGES = 5;

interface Held<H> {
  readonly key: string;
  readonly status: "searching" | "ready" | "failed";
  readonly hits: readonly H[];
  readonly source: "server" | "cache";
  readonly page?: string | undefined;
  readonly error?: unknown;
}

export interface Hits<H> extends Omit<Held<H>, "key" | "status"> {
  readonly status: "idle" | Held<H>["status"];
  /** Fetches the next page, or again what failed. */
  readonly loadMore: () => void;
}

/** Asks for a page of hits. */
type Ask<H, Q> = (
  question: Q,
  page?: string,
) => Promise<{ hits: H[]; more: boolean; page?: string | undefined; source: "server" | "cache" }>;

const keyOf = (search: Search) => JSON.stringify(search);
const begin = <H>(key: string): Held<H> => ({ key, status: "searching", hits: [], source: "server" });

/** The messages that a search finds. */
export function useMessageHits(search: Search, isWanted: boolean): Hits<SearchHit> {
  const client = useClient();
  const isSomething = search.query.trim() !== "" || search.kind !== undefined || search.senderId !== undefined;
  return useHits<SearchHit, SearchQuestion>(search, isWanted && isSomething, search.kind, (question, page) =>
    client.search.messages(question, page),
  );
}

/** The files that a search finds by their names. */
export function useFileHits(search: Search, isWanted: boolean): Hits<FileHit> {
  const client = useClient();
  const kind = search.kind === "file" || search.kind === "image" ? search.kind : undefined;
  const isSomething = search.query.trim() !== "" || kind !== undefined;
  return useHits<FileHit, FileQuestion>(search, isWanted && isSomething, kind, (question, page) =>
    client.search.files(question, page),
  );
}

/** What a search finds, as one types; late answers to old questions are dropped. */
function useHits<H, Q extends SearchQuestion>(
  search: Search,
  isWanted: boolean,
  kind: Q["kind"],
  askPage: Ask<H, Q>,
): Hits<H> {
  const client = useClient();
  const isOnline = useClientState((state) => state.connection.status === "online");
  const { query, within, senderId, period } = search;
  const isIdle = !isWanted;
  const key = keyOf(search);
  const [last, setLast] = useState<Held<H>>(() => begin(key));
  const held = last.key === key ? last : begin<H>(key);

  const ask = async (after: Held<H>): Promise<Held<H>> => {
    const days = PERIODS[period];
    const from = days === undefined ? undefined : Date.now() - days * DAY_MS;
    const question = { query, conversationId: within, kind, senderId, from } as Q;
    try {
      let { page } = after;
      for (let asked = 1; ; asked += 1) {
        const answer = await askPage(question, page);
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
    let isCurrent = true;
    const look = async () => {
      const next = await ask(begin<H>(key));
      if (isCurrent) setLast(next);
    };
    const timer = setTimeout(() => void look(), REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // The key says all that is asked; a connection that is back is asked anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isIdle, isOnline, client]);

  const loadMore = async () => {
    const asked: Held<H> = { ...held, status: "searching" };
    setLast(asked);
    const next = await ask(asked);
    setLast((now) => (now === asked ? next : now));
  };
  return { ...held, status: isIdle ? "idle" : held.status, loadMore: () => void loadMore() };
}
