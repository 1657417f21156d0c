import { useCallback, useEffect, useRef, useState } from "react";

/**
 * How long nothing scrolls, in milliseconds, once the list has come to rest at the row that it was placed at: it measures
 * rows on the way. Rows that are added in front meanwhile, which the cache has at once, would make it another row.
 */
const SETTLE_MS = 250;

/** It counts as resting after this time at the latest, in milliseconds: whoever scrolls at once waits for rows, too. */
const SETTLE_AT_MOST_MS = 1_500;

/** Tells whether a list has come to rest since it was placed; to be told of each scrolling until then. */
export function useSteady(isPlaced: boolean): { readonly isSteady: boolean; readonly stir: () => void } {
  const [isSteady, setSteady] = useState(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stir = useCallback(() => {
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setSteady(true), SETTLE_MS);
  }, []);
  useEffect(() => {
    if (!isPlaced) return undefined;
    stir();
    const atMost = setTimeout(() => setSteady(true), SETTLE_AT_MOST_MS);
    return () => {
      clearTimeout(rest.current);
      clearTimeout(atMost);
    };
  }, [isPlaced, stir]);
  return { isSteady, stir };
}
