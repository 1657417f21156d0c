/** What the device tells. */
export interface SignalEvents {
  /** Somebody looks at the program again. */
  focused: () => void;
  /** `online` may be another. */
  networkChanged: () => void;
  /** The program did not run for a while, as when a laptop sleeps: connections may be dead without having said so. */
  woke: () => void;
}

/** What the device tells about itself. */
export interface Signals {
  /** False only when the device says that it has no network. */
  readonly online: () => boolean;
  /** Listens until the returned function is called. */
  readonly subscribe: (events: SignalEvents) => () => void;
}

/** How often to look whether time has jumped, in milliseconds. */
const LOOK_MS = 5_000;

/**
 * A jump of the clock between two looks that means sleep, in milliseconds: above the minute to which browsers slow the
 * timers of background pages.
 */
const ASLEEP_MS = 90_000;

/** The signals of a browser window; elsewhere (Node, workers) the device is always online and never looked at. */
export function deviceSignals(): Signals {
  if (typeof window === "undefined" || typeof document === "undefined") {
    return { online: () => true, subscribe: ({ woke }) => watchSleep(woke) };
  }
  return {
    online: () => navigator.onLine,
    subscribe: ({ focused, networkChanged, woke }) => {
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
      const endWatch = watchSleep(woke);
      return () => {
        endWatch();
        ended.abort();
      };
    },
  };
}

/** Calls `woke` after the clock has gone on without the program; returns the end of it. */
function watchSleep(woke: () => void): () => void {
  let lookedAt = Date.now();
  const timer = setInterval(() => {
    const slept = Date.now() - lookedAt > ASLEEP_MS;
    lookedAt = Date.now();
    if (slept) woke();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
