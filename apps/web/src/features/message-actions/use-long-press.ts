import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";

/** How long a finger rests before it means more than a tap, in milliseconds: as phones themselves have it. */
const LONG_PRESS_MS = 450;

/** How far it may tremble meanwhile, in pixels; further is scrolling. */
const TREMBLE_PX = 10;

interface LongPress {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
}

/** Handlers of what a finger may rest on. The click that would follow, on a link for instance, is swallowed. */
export function useLongPress(onLongPress: (element: HTMLElement) => void): LongPress {
  const state = useRef<{ timer?: ReturnType<typeof setTimeout>; x: number; y: number; isPressed: boolean }>({
    x: 0,
    y: 0,
    isPressed: false,
  });
  const end = () => clearTimeout(state.current.timer);
  useEffect(() => {
    const { current } = state;
    return () => clearTimeout(current.timer);
  }, []);
  return {
    onPointerDown: (event) => {
      end();
      const { currentTarget, clientX: x, clientY: y } = event;
      state.current = { x, y, isPressed: false };
      if (event.pointerType !== "touch") return;
      state.current.timer = setTimeout(() => {
        state.current.isPressed = true;
        onLongPress(currentTarget);
      }, LONG_PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }) => {
      const { x, y } = state.current;
      if (Math.hypot(clientX - x, clientY - y) > TREMBLE_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event) => {
      if (!state.current.isPressed) return;
      state.current.isPressed = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
