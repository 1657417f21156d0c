/**
 * Small settings of this browser (theme, language, widths). A browser may deny storage at any time: then a setting lasts
 * as long as the page, and nothing fails.
 */
export function readSetting(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Stores a setting, or clears it with `null`. */
export function writeSetting(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Denied or full: the setting lasts as long as the page.
  }
}
