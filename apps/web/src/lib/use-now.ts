import type { EpochMs } from "@im-webapp/protocol";
import { useSyncExternalStore } from "react";

/** How often labels such as 今天 are looked at again, in milliseconds: none of them is finer than a minute. */
const TICK_MS = 60_000;

const listeners = new Set<() => void>();
let current: EpochMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  current = Date.now();
  for (const listener of listeners) listener();
}

/** A sleeping tab's timers sleep as well, so it looks at the clock as soon as it is seen again. */
const wake = () => {
  if (document.visibilityState === "visible") tick();
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = Date.now();
    timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", wake);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", wake);
  };
}

/** The present to the minute: one clock for the whole page. */
export function useNow(): EpochMs {
  return useSyncExternalStore(subscribe, () => current);
}
