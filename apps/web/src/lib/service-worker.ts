import { keepLanguage } from "../service-worker/kept-language.ts";

/** Browsers have them on HTTPS and on this machine. */
const container = (): ServiceWorkerContainer | undefined =>
  "serviceWorker" in navigator ? navigator.serviceWorker : undefined;

/** Between two looks for a new version while the page stays open, in milliseconds. */
const LOOK_EVERY_MS = 60 * 60_000;

/** Has the service worker beside the pages, speaking their language. A browser that has none goes without. */
export async function startWorker(language: string): Promise<void> {
  await keepLanguage(language);
  // Refused in private windows, and where storage is denied.
  await container()
    ?.register("/service-worker.js", { scope: "/" })
    .catch(() => undefined);
}

/** The service worker that is there already. */
export async function currentWorker(): Promise<ServiceWorkerRegistration | undefined> {
  return container()?.getRegistration("/");
}

/**
 * Says when a newer version of the app is ready, or has been taken over by another page; until the function that it gives
 * is called.
 */
export function followUpdates(onReady: () => void): () => void {
  const workers = container();
  const ended = new AbortController();
  const options = { signal: ended.signal };
  workers?.addEventListener("controllerchange", onReady, options);
  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = (worker: ServiceWorkerRegistration) => {
    if (ended.signal.aborted) return;
    // No network: the next time.
    timer = setInterval(() => void worker.update().catch(() => undefined), LOOK_EVERY_MS);
    if (worker.waiting) onReady();
    const expect = () => {
      const { installing } = worker;
      installing?.addEventListener("statechange", () => installing.state === "installed" && onReady(), options);
    };
    expect();
    worker.addEventListener("updatefound", expect, options);
  };
  // Ready once the first version is there; what comes later is a newer one.
  workers?.ready.then(follow, () => undefined);
  return () => {
    ended.abort();
    clearInterval(timer);
  };
}

/** Loads the page anew, in the newer version. */
export async function takeUpdate(): Promise<void> {
  const waiting = (await currentWorker())?.waiting;
  if (!waiting) {
    location.reload();
    return;
  }
  waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker is of this origin; the rule is for windows.
  waiting.postMessage("takeOver");
}
