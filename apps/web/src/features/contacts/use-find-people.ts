import type { User, UsersResponse } from "@im-webapp/protocol";
import { useCallback, useEffect, useState } from "react";
import { useClient } from "@im-webapp/react";
import { useFoundKnown } from "./use-found-known.ts";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST_MS = 250;

type Found =
  /** Nothing is looked for. */
  | { readonly status: "idle" }
  | { readonly status: "searching" }
  | { readonly status: "ready"; readonly users: readonly User[]; readonly page: string | undefined }
  | { readonly status: "failed"; readonly error: unknown };

export type FoundPeople = Found & {
  /** Those whom this device knows, found without the server: by alias and pinyin as well. */
  readonly known: readonly User[];
  /** Fetches the next page of what was found, if there is one. */
  readonly loadMore: () => Promise<void>;
  readonly retry: () => void;
};

const pageOf = ({ more, page }: UsersResponse) => (more ? page : undefined);

/**
 * People as one types: those known at once, and of all others by the start of their name or a whole phone number, as the
 * server knows them. Late answers to old questions are dropped.
 */
export function useFindPeople(text: string): FoundPeople {
  const client = useClient();
  const query = text.trim();
  const known = useFoundKnown(query);
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<Found & { readonly query: string }>({ query: "", status: "idle" });

  useEffect(() => {
    if (query === "") return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      client.findUsers(query).then(
        (answer) => isCurrent && setFound({ query, status: "ready", users: answer.users, page: pageOf(answer) }),
        (error: unknown) => isCurrent && setFound({ query, status: "failed", error }),
      );
    }, REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, query, attempt]);

  const loadMore = useCallback(async () => {
    if (found.status !== "ready" || found.page === undefined) return;
    try {
      const answer = await client.findUsers(found.query, found.page);
      setFound((now) =>
        now === found ? { ...found, users: [...found.users, ...answer.users], page: pageOf(answer) } : now,
      );
    } catch (error) {
      setFound((now) => (now === found ? { query: found.query, status: "failed", error } : now));
    }
  }, [client, found]);

  const retry = useCallback(() => {
    setFound({ query: "", status: "idle" });
    setAttempt((count) => count + 1);
  }, []);

  if (query === "") return { status: "idle", known, loadMore, retry };
  if (found.query !== query || found.status === "idle") {
    // While the question is still being typed, what was found for its beginning stays on the screen.
    const isRefined = found.status === "ready" && found.users.length > 0 && query.startsWith(found.query);
    return isRefined ? { ...found, known, loadMore, retry } : { status: "searching", known, loadMore, retry };
  }
  return { ...found, known, loadMore, retry };
}
