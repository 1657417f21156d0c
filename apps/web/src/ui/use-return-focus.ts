import { useState } from "react";

/** What has the focus; for a line of a menu, which goes with the menu, the button of the menu. */
function focusedElement(): HTMLElement | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const buttonId = element.closest('[role="menu"]')?.getAttribute("aria-labelledby") ?? null;
  return buttonId === null ? element : document.getElementById(buttonId);
}

/**
 * For `onCloseAutoFocus` of a window that is opened by other means than a button of its own, which Radix knows nothing of:
 * the focus goes back to what had it when the window opened, so that the keyboard goes on from there; unless something
 * else has taken it by then. To be used in a component that is mounted with the window.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(focusedElement);
  return (event) => {
    event.preventDefault();
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree) opener?.focus({ preventScroll: true });
  };
}
