import { type PointerEvent, useEffect, useRef } from "react";
import { swallowClick } from "../../lib/swallow-click.ts";

/** How long a finger rests before it means more than a tap, in milliseconds: as phones themselves have it. */
const LONG_PRESS_MS = 450;

/** How far it may tremble meanwhile, in pixels; further is scrolling. */
const TREMBLE_PX = 10;

/** What follows a finger on an element. */
export interface LongPress {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** Handlers of what a finger may rest on. */
export function useLongPress(onLongPress: (element: HTMLElement) => void): LongPress {
  const state = useRef<{ timer?: ReturnType<typeof setTimeout>; x: number; y: number }>({ x: 0, y: 0 });
  const end = () => clearTimeout(state.current.timer);
  useEffect(() => {
    const held = state;
    return () => clearTimeout(held.current.timer);
  }, []);
  return {
    onPointerDown: (event) => {
      end();
      const { currentTarget, clientX: x, clientY: y } = event;
      state.current = { x, y };
      if (event.pointerType !== "touch") return;
      state.current.timer = setTimeout(() => {
        swallowClick();
        onLongPress(currentTarget);
      }, LONG_PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }) => {
      const { x, y } = state.current;
      if (Math.hypot(clientX - x, clientY - y) > TREMBLE_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
