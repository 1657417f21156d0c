import { useEffect, useState } from "react";
import { useClientState } from "@im-webapp/react";

/** One page of a list that the server has. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for the next one; undefined at the end. */
  readonly next?: string | undefined;
}

/** A list as far as it was read. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly status: "loading" | "loaded" | "failed";
  /** Why the last page could not be read. */
  readonly error?: unknown;
  readonly hasMore: boolean;
  /** Reads the next page, or again the one that failed. */
  readonly loadMore: () => void;
}

interface Held<T> {
  /** What it was read with. */
  readonly load: (page?: string) => Promise<Page<T>>;
  readonly items: readonly T[];
  readonly next?: string | undefined;
  readonly status: Pages<T>["status"];
  readonly error?: unknown;
}

/** Reads a list page by page; from the beginning when `load` is another one, and again by itself when back online. */
export function usePages<T>(load: (page?: string) => Promise<Page<T>>): Pages<T> {
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [last, setLast] = useState<Held<T>>(() => unread(load));
  const held = last.load === load ? last : unread(load);

  useEffect(() => {
    if (!isOnline) return;
    let isWanted = true;
    void (async () => {
      const next = await readAfter(unread(load));
      if (isWanted) setLast(next);
    })();
    return () => {
      isWanted = false;
    };
  }, [isOnline, load]);

  const loadMore = async () => {
    const asked: Held<T> = { ...held, status: "loading" };
    setLast(asked);
    const next = await readAfter(asked);
    // What was begun anew meanwhile stays.
    setLast((current) => (current === asked ? next : current));
  };

  return {
    items: held.items,
    status: held.status,
    error: held.error,
    hasMore: held.next !== undefined,
    loadMore: () => void loadMore(),
  };
}

function unread<T>(load: Held<T>["load"]): Held<T> {
  return { load, items: [], status: "loading" };
}

/** The list with one page more, or with why that could not be read. */
async function readAfter<T>(held: Held<T>): Promise<Held<T>> {
  const { load, items } = held;
  try {
    const page = await load(held.next);
    return { load, items: [...items, ...page.items], next: page.next, status: "loaded" };
  } catch (error) {
    return { ...held, status: "failed", error };
  }
}
