import type { EpochMs } from "@im-webapp/protocol";
import { type RefObject, useCallback, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { TimelineItem } from "./timeline-items.ts";
import { DayPill } from "./timeline-marks.tsx";

/** Height of a day's mark in the list, in pixels: `pt-3 h-6 pb-1`. */
const MARK_PX = 40;

interface FloatingDay {
  readonly at: EpochMs | null;
  readonly pill: RefObject<HTMLDivElement | null>;
  readonly update: () => void;
}

/**
 * The day of what is at the top of the view. Rows of a virtual list cannot be sticky, so the pill floats over it; the
 * next day's mark pushes it out, as a sticky one would be.
 */
export function useFloatingDay(list: RefObject<VirtualizerHandle | null>, items: readonly TimelineItem[]): FloatingDay {
  const [at, setAt] = useState<EpochMs | null>(null);
  const pill = useRef<HTMLDivElement>(null);
  const update = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const offset = handle.scrollOffset;
    const top = handle.findItemIndex(offset);
    const current = items.slice(0, top + 1).findLast((item) => item.kind === "day");
    const isMarkInPlace = items[top] === current && handle.getItemOffset(top) >= offset;
    setAt(current === undefined || isMarkInPlace ? null : current.at);
    const next = items.findIndex((item, index) => index > top && item.kind === "day");
    const room = next === -1 ? MARK_PX : handle.getItemOffset(next) - offset;
    if (pill.current !== null) pill.current.style.translate = `0 ${Math.min(0, room - MARK_PX)}px`;
  }, [list, items]);
  return { at, pill, update };
}

/** Shows it. Hidden from screen readers, which meet the mark in the list itself. */
export function FloatingDayPill({ at, pill }: Pick<FloatingDay, "at" | "pill">) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-10 overflow-hidden" aria-hidden>
      <div ref={pill} className="flex justify-center pt-3 pb-1">
        {at !== null && <DayPill at={at} />}
      </div>
    </div>
  );
}
