import { type KeyboardEvent, useId, useState } from "react";

/** The options of a field that keeps the focus while one walks through them. */
export interface Options {
  /** Of the element that lists them. */
  readonly listId: string;
  /** The place of the one that Enter takes; 0 where there are none. */
  readonly active: number;
  /** Of the active one's element; undefined where there are none. */
  readonly activeId: string | undefined;
  /** Goes back to the first, as for other options. */
  readonly restart: () => void;
  /** Walks by ↑ and ↓, round the ends; whether the key was one of them. */
  readonly walk: (event: KeyboardEvent) => boolean;
}

/** The id of an option's element. */
export function optionId(listId: string, place: number): string {
  return `${listId}-${place}`;
}

/** Where one is among `count` options. */
export function useOptions(count: number): Options {
  const listId = useId();
  const [at, setAt] = useState(0);
  const active = Math.min(at, Math.max(count - 1, 0));
  return {
    listId,
    active,
    activeId: count > 0 ? optionId(listId, active) : undefined,
    restart: () => setAt(0),
    walk: (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined || count === 0) return false;
      setAt((active + step + count) % count);
      return true;
    },
  };
}
