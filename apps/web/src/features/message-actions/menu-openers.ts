import type { KeyboardEvent, MouseEvent } from "react";
import type { Anchor, OpenMenu } from "./message-control.ts";
import { type LongPress, useLongPress } from "./use-long-press.ts";
import { walkMessages } from "./walk-messages.ts";

/** Asks for the menu of a row, at a place and in a form. */
export type AskForMenu = (row: HTMLElement, anchor: Anchor, as: OpenMenu["as"]) => void;

interface MenuOpeners extends LongPress {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void;
}

/** Where an element is on the screen. */
export function boxOf(element: Element): Anchor {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

const bubbleOf = (row: HTMLElement) => boxOf(row.querySelector("[data-bubble]") ?? row);

/** A click that the browser has its own menu for: a link, a field, or a stretch of text that was just selected. */
function isBrowsers({ target }: MouseEvent): boolean {
  const selected = window.getSelection();
  if (target instanceof Element && target.closest("a, input, textarea") !== null) return true;
  return selected !== null && !selected.isCollapsed && target instanceof Node && selected.containsNode(target, true);
}

/**
 * Handlers of a message's row, by which one asks for its menu: the right button, a resting finger, Enter and the menu
 * key; the arrow keys go on to the rows beside it. With `takesSpace` the space bar asks as well.
 */
export function useMenuOpeners(ask: AskForMenu, takesSpace = false): MenuOpeners {
  const longPress = useLongPress((row) => ask(row, bubbleOf(row), "sheet"));
  return {
    ...longPress,
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        event.preventDefault();
        event.stopPropagation();
        walkMessages(event.currentTarget, event.key === "ArrowUp" ? -1 : 1);
      } else if (event.key === "Enter" || (event.key === " " && takesSpace)) {
        event.preventDefault();
        ask(event.currentTarget, bubbleOf(event.currentTarget), "menu");
      }
    },
    onContextMenu: (event) => {
      const isTouch = event.nativeEvent instanceof window.PointerEvent && event.nativeEvent.pointerType === "touch";
      if (!isTouch && isBrowsers(event)) return;
      event.preventDefault();
      // A finger's resting is what opens the sheet; the browser calls it a context menu, too.
      if (isTouch) return;
      const { clientX: left, clientY: top, currentTarget } = event;
      ask(currentTarget, { left, top, width: 0, height: 0 }, "menu");
    },
  };
}
