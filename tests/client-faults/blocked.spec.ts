import { expect, type Page } from "@playwright/test";
import { sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { PAGE_ORIGIN } from "./site.ts";
import { test } from "./fixtures.ts";
import { showsTheTruth, textsOnServer } from "./truth.ts";

/** The library waits 5 s for a database; the rest is for a busy machine, in milliseconds. */
const FALLBACK_MS = 8_000;

const BLOCKED: Record<string, (page: Page, serverUrl: string) => Promise<unknown>> = {
  "never opens": (page) =>
    page.addInitScript(() => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    }),
  "is held by a page of an older version that does not step aside": async (page, serverUrl) => {
    const holder = await page.context().newPage();
    await holder.goto(`${PAGE_ORIGIN}/blank`);
    await holder.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open(name, 1);
          opening.addEventListener("success", () => {
            // Held, so that it is not collected.
            Object.assign(globalThis, { held: opening.result });
            resolve(undefined);
          });
          opening.addEventListener("error", () => reject(new Error("it does not open")));
        }),
      `im-webapp ${serverUrl}`,
    );
  },
  "is denied": (page) =>
    page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("The user denied permission to access the database.", "SecurityError");
      };
    }),
  "is not there": (page) =>
    page.addInitScript(() => {
      Object.defineProperty(globalThis, "indexedDB", { value: undefined });
    }),
};

for (const [name, prepare] of Object.entries(BLOCKED)) {
  test(`IndexedDB ${name}: the client says so, and works from memory`, async ({
    pair: { ann, bobs, chat },
    openTab,
    site,
  }) => {
    const begun = performance.now();
    const tab = await openTab({ prepare: (page) => prepare(page, site.url) });
    expect(performance.now() - begun).toBeLessThan(FALLBACK_MS);
    expect(await tab.shown()).toMatchObject({ storage: "memory", loaded: true, status: "signedOut" });
    await tab.signIn(ann);
    await tab.openConversation(chat);
    await tab.say(chat, ["from memory"]);
    await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the message" });
    await sendText(bobs, { conversationId: chat }, "answer");
    await showsTheTruth(tab, site.url, ann);
    expect(await textsOnServer(site.url, ann, chat)).toEqual(["before", "from memory", "answer"]);
    expect((await tab.shown()).storage).toBe("memory");
  });
}
