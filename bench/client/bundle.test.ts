import { expect, it } from "vitest";
import { measureBundle } from "./bundle.ts";

/** What a page may have to load of the library before it can show anything, `socket.io-client` left out, in bytes. */
const MAX_ENTRY_BYTES = 30_000;

/** What comes later, with IndexedDB, other tabs, uploads, the mending of stores and the calls of each area: Dexie, tus-js-client, and at most this much of our own, in bytes. */
const MAX_OWN_LAZY_BYTES = 27 * 1024;

/** Bundling takes seconds while both cores are busy, in milliseconds. */
const BUNDLE_TIMEOUT_MS = 60_000;

it(
  "keeps the library small, and Dexie out of what is loaded first",
  async () => {
    const { entry, lazy, dexie, tus, packages } = await measureBundle();
    const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
    const packaged = `${kilobytes(dexie)} of it Dexie, ${kilobytes(tus)} tus-js-client`;
    console.log(`gzip: ${kilobytes(entry)} loaded first, ${kilobytes(lazy)} later, ${packaged}`);
    expect(entry).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
    expect(lazy, "the store in IndexedDB is a chunk of its own").toBeGreaterThan(dexie / 2);
    expect(lazy - dexie - tus).toBeLessThanOrEqual(MAX_OWN_LAZY_BYTES);
    expect(packages).toEqual([
      "dexie",
      // tus-js-client, and what it brings along
      "js-base64",
      "querystringify",
      "requires-port",
      "tus-js-client",
      "url-parse",
    ]);
  },
  BUNDLE_TIMEOUT_MS,
);
