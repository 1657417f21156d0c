/** Where pages leave the language of their words for the service worker: storage that both have. */
const CACHE = "im.language";
const ADDRESS = "/language";

/** Has the service worker speak this language from now on. Where storage is denied, it speaks the browser's. */
export async function keepLanguage(language: string): Promise<void> {
  try {
    await (await caches.open(CACHE)).put(ADDRESS, new Response(language));
  } catch {
    // Denied or full.
  }
}

/** The language that a page left, or the browser's. */
export async function keptLanguage(): Promise<string> {
  try {
    const kept = await (await caches.open(CACHE)).match(ADDRESS);
    return (await kept?.text()) ?? navigator.language;
  } catch {
    return navigator.language;
  }
}
