/** What the device tells about itself. */
export interface Signals {
  /** False only when the device says that it has no network. */
  readonly online: () => boolean;
  /** Listens until the returned function is called. */
  readonly subscribe: (events: { focused: () => void; networkChanged: () => void }) => () => void;
}

/** The signals of a browser window; elsewhere (Node, workers) the device is always online and never looked at. */
export function deviceSignals(): Signals {
  if (typeof window === "undefined" || typeof document === "undefined") {
    return { online: () => true, subscribe: () => () => undefined };
  }
  return {
    online: () => navigator.onLine,
    subscribe: ({ focused, networkChanged }) => {
      const ended = new AbortController();
      const options = { signal: ended.signal };
      window.addEventListener("online", networkChanged, options);
      window.addEventListener("offline", networkChanged, options);
      window.addEventListener("focus", focused, options);
      // A page restored from the back/forward cache has lost its connection without an event.
      window.addEventListener("pageshow", focused, options);
      document.addEventListener(
        "visibilitychange",
        () => {
          if (document.visibilityState === "visible") focused();
        },
        options,
      );
      return () => ended.abort();
    },
  };
}
