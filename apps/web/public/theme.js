// Runs before the first paint; src/features/settings/theme.ts keeps the same key.
(() => {
  try {
    const theme = localStorage.getItem("im.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is denied: the system's theme it is.
  }
})();
