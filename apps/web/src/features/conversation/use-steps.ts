import { useLayoutEffect, useState } from "react";
import { betweenChange } from "./timeline-change.ts";
import type { TimelineItem } from "./timeline-items.ts";

/**
 * The rows to render: `items`, by way of a rendering in between where both ends change at once. Both are rendered before
 * anything is painted. Until the list `isReady` to be placed there is no place to keep, and a step in between would move
 * the row that it is about to be placed at.
 */
export function useSteps(items: readonly TimelineItem[], isReady: boolean): readonly TimelineItem[] {
  const [step, setStep] = useState({ goal: items, shown: items, isReady });
  let { shown } = step;
  if (step.goal !== items || step.isReady !== isReady) {
    shown = (step.isReady ? betweenChange(step.shown, items) : null) ?? items;
    setStep({ goal: items, shown, isReady });
  }
  useLayoutEffect(() => {
    // The list has to be rendered with the rows in between, which is what the effect waits for.
    // oxlint-disable-next-line react/set-state-in-effect
    if (shown !== items) setStep({ goal: items, shown: items, isReady });
  }, [shown, items, isReady]);
  return shown;
}
