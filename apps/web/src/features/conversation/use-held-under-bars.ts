import { type RefObject, useLayoutEffect } from "react";

/**
 * Keeps what is on the screen in its place while bars come and go above the list, such as that of a message that somebody
 * has just pinned: the list grows shorter, and what it shows would be pushed down.
 */
export function useHeldUnderBars(pane: RefObject<HTMLElement | null>, isShown: boolean): void {
  useLayoutEffect(() => {
    const element = pane.current;
    if (element === null || !isShown) return undefined;
    let { top } = element.getBoundingClientRect();
    const observer = new ResizeObserver(() => {
      const now = element.getBoundingClientRect().top;
      if (now !== top) element.scrollTop += now - top;
      top = now;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [pane, isShown]);
}
