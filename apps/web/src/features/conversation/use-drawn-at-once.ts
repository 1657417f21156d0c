import { type RefObject, useCallback, useReducer, useRef } from "react";
import { flushSync } from "react-dom";
import type { VirtualizerHandle } from "virtua";

/** Rows are drawn this far beyond what is on the screen, in pixels. */
export const DRAWN_AHEAD_PX = 200;

/**
 * To be told of each scrolling. After a leap beyond the rows that are drawn, it draws those of the new place before the
 * screen is painted: a busy device would else show a part of them, and push it aside once the others are measured.
 */
export function useDrawnAtOnce(list: RefObject<VirtualizerHandle | null>): (offset: number) => void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const before = useRef(0);
  return useCallback(
    (offset: number) => {
      const leap = Math.abs(offset - before.current);
      before.current = offset;
      // Of more than a screen the virtualizer takes care itself.
      if (leap > DRAWN_AHEAD_PX && leap <= (list.current?.viewportSize ?? 0)) flushSync(draw);
    },
    [list],
  );
}
