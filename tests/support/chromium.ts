/** How Chromium is started everywhere: for root in a container, and with nothing fetched of its own accord. */
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-gpu",
  "--disable-quic",
];
