import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { movementOf, staysOpen } from "./swipe.ts";

interface Swipe {
  /** How far the row is moved, in pixels: 0, or below it to the left. */
  readonly offset: number;
  /** The finger is on it, so that it follows without a transition. */
  readonly isDragging: boolean;
  /** It has been moved once: what lies under it is needed. */
  readonly wasMoved: boolean;
  readonly close: () => void;
  /** The element that holds the row and what lies under it. */
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
  /** For the row itself: the click that ends a swipe, or that closes what lies open, is no click on the row. */
  readonly onRowClick: (event: MouseEvent<HTMLElement>) => void;
}

interface Touch {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  /** The offset as it began. */
  readonly from: number;
  movement: "tap" | "swipe" | "other";
  lastX: number;
  lastAt: number;
  speed: number;
}

/**
 * Follows a finger that pushes a row to the left and uncovers `width` pixels at its right. What is open closes with a
 * touch anywhere else, with Esc, and as the list scrolls. The row needs `touch-action: pan-y`, or the browser takes the
 * finger for itself.
 */
export function useSwipe(width: number): Swipe {
  const [offset, setOffset] = useState(0);
  const [isDragging, setDragging] = useState(false);
  const [wasMoved, setMoved] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  const touch = useRef<Touch | null>(null);
  const hasSwiped = useRef(false);
  const isOpen = offset !== 0;
  const close = () => setOffset(0);

  useEffect(() => {
    if (!isOpen) return undefined;
    const shut = () => setOffset(0);
    const outside = ({ target }: Event) => {
      if (target instanceof Node && ref.current?.contains(target) !== true) shut();
    };
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") shut();
    };
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("scroll", shut, true);
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("scroll", shut, true);
      document.removeEventListener("keydown", press);
    };
  }, [isOpen]);

  useEffect(() => {
    const element = ref.current;
    // The browser would make a fling of a finger that leaves in motion, and take the next tap for stopping it. Of React's
    // own listeners none can say so: those of touches are passive.
    const stopFling = (event: TouchEvent) => {
      if (hasSwiped.current && event.cancelable) event.preventDefault();
    };
    element?.addEventListener("touchmove", stopFling, { passive: false });
    return () => element?.removeEventListener("touchmove", stopFling);
  }, []);

  const end = (isKept: (held: Touch) => boolean) => {
    const held = touch.current;
    touch.current = null;
    if (held?.movement !== "swipe") return;
    setDragging(false);
    setOffset(isKept(held) ? -width : 0);
  };
  return {
    offset,
    isDragging,
    wasMoved,
    close,
    ref,
    handlers: {
      onPointerDown: ({ pointerType, pointerId, clientX, clientY, timeStamp, isPrimary }) => {
        hasSwiped.current = false;
        if (pointerType !== "touch" || !isPrimary) return;
        const at = { x: clientX, y: clientY, lastX: clientX, lastAt: timeStamp };
        touch.current = { id: pointerId, ...at, from: offset, movement: "tap", speed: 0 };
      },
      onPointerMove: ({ pointerId, clientX, clientY, timeStamp }) => {
        const held = touch.current;
        if (held === null || held.id !== pointerId) return;
        if (held.movement === "tap") {
          held.movement = movementOf(clientX - held.x, clientY - held.y);
          if (held.movement === "swipe") {
            hasSwiped.current = true;
            setDragging(true);
            setMoved(true);
          }
        }
        if (held.movement !== "swipe") return;
        const passed = timeStamp - held.lastAt;
        if (passed > 0) held.speed = (clientX - held.lastX) / passed;
        held.lastX = clientX;
        held.lastAt = timeStamp;
        setOffset(Math.max(-width, Math.min(0, held.from + clientX - held.x)));
      },
      onPointerUp: () => end(({ lastX, x, from, speed }) => staysOpen(from + lastX - x, speed, width)),
      onPointerCancel: () => end(({ from }) => from !== 0),
    },
    onRowClick: (event) => {
      if (!hasSwiped.current && !isOpen) return;
      event.preventDefault();
      event.stopPropagation();
      if (!hasSwiped.current) close();
      hasSwiped.current = false;
    },
  };
}
