import { useEffect } from "react";
import { NavigationType, useBlocker } from "react-router";

/**
 * What lies over the page and has the keys: windows, sheets, menus, the viewer. All are Radix layers, which Esc closes.
 * Those that are part of the address are left by going back as it is.
 */
const LAYERS = ["dialog", "alertdialog", "menu"]
  .map((role) => `[role="${role}"][data-state="open"]:not([data-own-step])`)
  .join(",");

/**
 * Lets the back button close what lies over the page, as Esc does, before it leaves the page: on a phone it is the way
 * out of a sheet or a picture. What Esc does not close (something that is being saved) stays, and the page with it.
 */
export function BackCloses() {
  const blocker = useBlocker(
    ({ historyAction }) => historyAction === NavigationType.Pop && document.querySelector(LAYERS) !== null,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", cancelable: true }));
    blocker.reset();
  }, [blocker]);
  return null;
}
