import { useCallback, useEffect, useRef, useState } from "react";
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
  readonly items: readonly T[];
  readonly next?: string | undefined;
  readonly status: Pages<T>["status"];
  readonly error?: unknown;
}

const LOADING = { items: [], status: "loading" } as const;

/** Reads a list page by page; from the beginning when `load` is another one, and again by itself when back online. */
export function usePages<T>(load: (page?: string) => Promise<Page<T>>): Pages<T> {
  const isOnline = useClientState((state) => state.connection.status === "online");
  const [held, setHeld] = useState<Held<T>>(LOADING);
  const current = useRef(load);

  const read = useCallback(
    (before: Held<T>) => {
      current.current = load;
      setHeld({ ...before, status: "loading" });
      load(before.next).then(
        ({ items, next }) => {
          if (current.current === load) setHeld({ items: [...before.items, ...items], next, status: "loaded" });
        },
        (error: unknown) => {
          if (current.current === load) setHeld({ ...before, status: "failed", error });
        },
      );
    },
    [load],
  );
  useEffect(() => {
    if (isOnline) read(LOADING);
  }, [isOnline, read]);

  return {
    items: held.items,
    status: held.status,
    error: held.error,
    hasMore: held.next !== undefined,
    loadMore: () => read(held),
  };
}
