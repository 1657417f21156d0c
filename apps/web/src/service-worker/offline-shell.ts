import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

/** Parts of the app that were loaded when they were first needed. Named by their content, so that they never change. */
const LATER = "im.later";

/** Addresses that are never the page: calls, and files beside it. */
const NOT_PAGES = [/^\/(api|socket\.io|assets|healthz|readyz|metrics)(\/|$)/, /^\/[\w-]+\.[\w.]+$/];

/**
 * Keeps what the app needs to open, so that it does so at once, and without its server. Nothing that the server answers to
 * a call is kept: that is the client library's to do.
 */
export function serveShell(entries: readonly PrecacheEntry[]): void {
  cleanupOutdatedCaches();
  precacheAndRoute([...entries]);
  registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: NOT_PAGES }));
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"),
    new CacheFirst({ cacheName: LATER }),
  );
}

/** Forgets the later parts of an earlier version. */
export async function forgetEarlier(): Promise<void> {
  await caches.delete(LATER);
}
