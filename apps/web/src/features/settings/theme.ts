import { useSyncExternalStore } from "react";
import { writeSetting } from "../../lib/settings-storage.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** `public/theme.js` reads the same key before the first paint. */
const KEY = "im.theme";

const listeners = new Set<() => void>();

const current = (): Theme => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
};

/** Gives the browser's own bars the colour of the page; call after whatever may have changed it. */
function colourBrowser(): void {
  const colour = getComputedStyle(document.documentElement).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", colour);
}

/** Keeps the colour of the browser's bars in step with the system's theme. Call once, when the styles are there. */
export function followSystemTheme(): void {
  colourBrowser();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colourBrowser);
}

/** Shows the page in a theme, and remembers it on this device. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  writeSetting(KEY, theme === "system" ? null : theme);
  colourBrowser();
  for (const listener of listeners) listener();
}

/** The theme that is chosen now. */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
