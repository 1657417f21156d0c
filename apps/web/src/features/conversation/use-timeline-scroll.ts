import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { type TimelineChange, timelineChange } from "./timeline-change.ts";
import type { TimelineItem } from "./timeline-items.ts";
import { useSteady } from "./use-steady.ts";

/** This close to the end, in pixels, counts as being there: a line's height, less than any message. */
const AT_END_PX = 40;

/** Beyond this many screens, the way to the end is a jump rather than a ride. */
const RIDE_SCREENS = 3;

/** Room at the top for the floating day, in pixels. */
const FLOATING_PX = 32;

interface TimelineScroll {
  readonly list: RefObject<VirtualizerHandle | null>;
  /** Whether the newest message is in view; never before the list has been placed. */
  readonly isAtEnd: boolean;
  /** Whether the list stands where it should on opening; hide it until then. */
  readonly isPlaced: boolean;
  /** Whether it has come to rest there. */
  readonly isSteady: boolean;
  /** For the virtualizer's `shift`. */
  readonly isShifted: boolean;
  readonly onScroll: (offset: number) => void;
  readonly onResize: () => void;
  readonly toEnd: () => void;
}

const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The change that led to these rows, worked out while rendering so that the virtualizer learns of it in time. */
function useChange(items: readonly TimelineItem[]): TimelineChange {
  const initial = { isShifted: false, isAppended: false, isOwnAppended: false, isReplaced: false };
  const [seen, setSeen] = useState({ items, change: initial });
  if (seen.items === items) return seen.change;
  const change = timelineChange(seen.items, items);
  setSeen({ items, change });
  return change;
}

interface TimelinePlace {
  /** Whether the rows to open with are there. */
  readonly isReady: boolean;
  /** The row to open at: that of a key, the divider of unread messages where there is one, or the last. */
  readonly start: { readonly key: string | undefined } | "unread" | "end";
  /** Whether the last row is the newest message of the conversation. */
  readonly isNewestLast: boolean;
}

/**
 * Where a conversation is scrolled to. It follows new messages only while the end is in view, and one's own always;
 * whatever else changes leaves what is on the screen in its place.
 */
export function useTimelineScroll(
  items: readonly TimelineItem[],
  { isReady, start, isNewestLast }: TimelinePlace,
): TimelineScroll {
  const list = useRef<VirtualizerHandle>(null);
  const [isPlaced, setPlaced] = useState(false);
  const { isSteady, stir } = useSteady(isPlaced);
  const [isAtEnd, setAtEnd] = useState(false);
  // Not before the list is placed, and placed there.
  const follows = useRef(false);
  const change = useChange(items);
  const last = items.length - 1;

  const note = useCallback((atEnd: boolean) => {
    follows.current = atEnd;
    setAtEnd(atEnd);
  }, []);

  const measure = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    note(isNewestLast && handle.scrollSize - handle.viewportSize - handle.scrollOffset <= AT_END_PX);
  }, [note, isNewestLast]);

  const toLast = useCallback(() => {
    list.current?.scrollToIndex(last, { align: "end" });
    follows.current = true;
  }, [last]);

  const toUnread = useCallback(() => {
    const unread = items.findIndex((item) => item.kind === "unread");
    if (unread === -1) toLast();
    else list.current?.scrollToIndex(unread, { align: "start", offset: -FLOATING_PX });
  }, [items, toLast]);

  const place = useCallback(() => {
    const row = typeof start === "object" ? items.findIndex(({ key }) => key === start.key) : -1;
    if (row !== -1) list.current?.scrollToIndex(row, { align: "center" });
    else if (start === "end") toLast();
    else toUnread();
  }, [items, start, toLast, toUnread]);

  useLayoutEffect(() => {
    if (!isReady) return;
    if (!isPlaced || change.isReplaced) {
      place();
      setPlaced(true);
    } else if (change.isOwnAppended) {
      list.current?.scrollToIndex(last, { align: "end" });
      note(true);
    } else if (change.isAppended && follows.current) {
      // Nobody looks: stop where the unread messages begin, which is where they will want to read on.
      if (document.visibilityState === "hidden") toUnread();
      else list.current?.scrollToIndex(last, { align: "end" });
    }
    // Placing depends on the rows alone; `isPlaced` is read, not waited for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [items, isReady]);

  // Scrolling takes a few frames to settle, as rows are measured on the way; only then is it known what is in view.
  useEffect(() => {
    if (!isPlaced) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(measure);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaced, items, measure]);

  const onScroll = useCallback(
    (_offset: number) => {
      if (!isPlaced) return;
      measure();
      if (!isSteady) stir();
    },
    [isPlaced, isSteady, measure, stir],
  );

  const onResize = useCallback(() => {
    if (isPlaced && follows.current) list.current?.scrollToIndex(last, { align: "end" });
  }, [isPlaced, last]);

  const toEnd = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const distance = handle.scrollSize - handle.viewportSize - handle.scrollOffset;
    const isNear = distance < RIDE_SCREENS * handle.viewportSize;
    handle.scrollToIndex(last, { align: "end", smooth: isNear && !reducedMotion() });
  }, [last]);

  const { isShifted } = change;
  return { list, isAtEnd: isAtEnd && isPlaced, isPlaced, isSteady, isShifted, onScroll, onResize, toEnd };
}
