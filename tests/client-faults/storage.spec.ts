import { type Page, expect } from "@playwright/test";
import { sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { numbered, test } from "./fixtures.ts";
import { PAGE_ORIGIN } from "./site.ts";
import type { Tab } from "./tab.ts";
import { showsTheTruth, textsOnServer } from "./truth.ts";

/**
 * Lets every transaction that adds something end as it does in a browser whose quota is used up, until `room`. (The
 * override of quotas that the DevTools protocol has changes what is reported, and not what IndexedDB takes.)
 */
async function fillable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state = { full: false };
    Object.assign(globalThis, { state });
    for (const name of ["put", "add"] as const) {
      const real = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function store(...given) {
        const request = real.apply(this, given);
        const { transaction } = this;
        request.addEventListener("success", () => {
          if (!state.full) return;
          const error = new DOMException("The quota has been exceeded.", "QuotaExceededError");
          Object.defineProperty(transaction, "error", { value: error, configurable: true });
          transaction.abort();
        });
        return request;
      };
    }
  });
}

async function setFull(tab: Tab, full: boolean): Promise<void> {
  await tab.page.evaluate((value) => {
    (globalThis as unknown as { state: { full: boolean } }).state.full = value;
  }, full);
}

async function storageIs(tab: Tab, storage: string): Promise<void> {
  await waitFor(async () => (await tab.shown()).storage === storage, { what: `storage being ${storage}` }).catch(
    () => undefined,
  );
  expect((await tab.shown()).storage).toBe(storage);
}

test("storage quota exceeded: the client goes on, says that storage is full, and recovers when there is room", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const tab = await openTab({ prepare: fillable });
  await tab.signIn(ann);
  await tab.openConversation(chat);
  await setFull(tab, true);
  const received = numbered("received", 20);
  for (const text of received) await sendText(bobs, { conversationId: chat }, text);
  await storageIs(tab, "full");
  await showsTheTruth(tab, site.url, ann);
  await tab.say(chat, ["written with no room"]);
  await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the message" });
  await showsTheTruth(tab, site.url, ann);
  await setFull(tab, false);
  await sendText(bobs, { conversationId: chat }, "room again");
  await tab.reload();
  await tab.online();
  await storageIs(tab, "persistent");
  await showsTheTruth(tab, site.url, ann);
  expect(await textsOnServer(site.url, ann, chat)).toEqual([
    "before",
    ...received,
    "written with no room",
    "room again",
  ]);
});

test("storage wiped under our feet: what was shown stays, what waits is sent, and the client stays complete", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
  context,
}) => {
  const tab = await openTab();
  await tab.signIn(ann);
  await tab.openConversation(chat);
  await showsTheTruth(tab, site.url, ann);
  await context.setOffline(true);
  await tab.is("offline");
  const written = numbered("waiting", 3);
  await tab.say(chat, written);
  const session = await context.newCDPSession(tab.page);
  await session.send("Storage.clearDataForOrigin", { origin: PAGE_ORIGIN, storageTypes: "indexeddb" });
  expect(await tab.page.evaluate(() => indexedDB.databases()), "nothing is left").toEqual([]);
  expect(await tab.waiting(chat)).toEqual(written);
  await context.setOffline(false);
  await tab.online();
  await sendText(bobs, { conversationId: chat }, "after");
  await tab.say(chat, ["written after"]);
  await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the messages" });
  await showsTheTruth(tab, site.url, ann);
  const own = (await textsOnServer(site.url, ann, chat)).filter((text) => !["before", "after"].includes(text));
  expect(own).toEqual([...written, "written after"]);
});

test("the database's connection is closed by the browser: the client opens it again and loses nothing", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const tab = await openTab({
    prepare: (page) =>
      page.addInitScript(() => {
        const opened: IDBDatabase[] = [];
        const open = indexedDB.open.bind(indexedDB);
        IDBFactory.prototype.open = (...given) => {
          const request = open(...given);
          request.addEventListener("success", () => opened.push(request.result));
          return request;
        };
        // As a browser does it that needs the memory or has lost the files: closed, and told by an event.
        Object.assign(globalThis, {
          closeDatabases: () => {
            for (const db of opened.splice(0)) {
              db.close();
              db.dispatchEvent(new Event("close"));
            }
          },
        });
      }),
  });
  await tab.signIn(ann);
  await tab.openConversation(chat);
  await tab.say(chat, numbered("before closing", 2));
  await tab.page.evaluate(() => (globalThis as unknown as { closeDatabases: () => void }).closeDatabases());
  await sendText(bobs, { conversationId: chat }, "after closing");
  await tab.say(chat, ["written after closing"]);
  await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the messages" });
  await showsTheTruth(tab, site.url, ann);
  await storageIs(tab, "persistent");
  await tab.reload();
  await tab.online();
  await showsTheTruth(tab, site.url, ann);
  const own = (await textsOnServer(site.url, ann, chat)).filter((text) => !text.startsWith("after"));
  expect(own).toEqual(["before", ...numbered("before closing", 2), "written after closing"]);
});

test("an older version of the page over a newer database: it says that it is outdated, and works", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const first = await openTab();
  await first.signIn(ann);
  await first.page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 10_000);
        request.addEventListener("success", () => resolve(request.result.close()));
        request.addEventListener("error", () => reject(new Error("no newer version")));
      });
    }
  });
  await first.page.close();
  const tab = await openTab();
  expect((await tab.shown()).storage).toBe("outdated");
  await tab.signIn(ann);
  await tab.openConversation(chat);
  await tab.say(chat, ["written by an old page"]);
  await sendText(bobs, { conversationId: chat }, "answer");
  await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the message" });
  await showsTheTruth(tab, site.url, ann);
});
