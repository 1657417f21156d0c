import { useLayoutEffect, useState } from "react";
import { betweenChange } from "./timeline-change.ts";
import type { TimelineItem } from "./timeline-items.ts";

/**
 * The rows to render: `items`, by way of a rendering in between where both ends change at once. Both are rendered before
 * anything is painted.
 */
export function useSteps(items: readonly TimelineItem[]): readonly TimelineItem[] {
  const [step, setStep] = useState({ goal: items, shown: items });
  let { shown } = step;
  if (step.goal !== items) {
    shown = betweenChange(step.shown, items) ?? items;
    setStep({ goal: items, shown });
  }
  useLayoutEffect(() => {
    // The list has to be rendered with the rows in between, which is what the effect waits for.
    // oxlint-disable-next-line react/set-state-in-effect
    if (shown !== items) setStep({ goal: items, shown: items });
  }, [shown, items]);
  return shown;
}
