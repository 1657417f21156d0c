import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds, kept up to date. For what styles alone cannot do. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** The widths at which the layout changes; `theme.css` has the same ones. */
export const WIDE = "(width >= 64rem)";
export const PHONE = "(width < 40rem)";

/** A finger, rather than a mouse or a pen. */
export const COARSE = "(pointer: coarse)";
