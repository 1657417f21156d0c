/** How long a portrait may take to be sent and made, in milliseconds: 5 MB over a slow line. */
export const PORTRAIT_TIMEOUT_MS = 120_000;
