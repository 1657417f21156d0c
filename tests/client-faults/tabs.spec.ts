import { type Page, expect } from "@playwright/test";
import { sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { numbered, test } from "./fixtures.ts";
import type { Tab } from "./tab.ts";
import { showsTheTruth, textsOnServer } from "./truth.ts";

/** Until another tab has a connection after the one that had it has gone, in milliseconds. */
const HANDOVER_MS = 2_000;

/** The WebSockets that each page has open. */
class Sockets {
  readonly #open = new Map<Page, number>();

  readonly count = (page: Page): Promise<void> => {
    page.on("websocket", (socket) => {
      this.#add(page, 1);
      socket.on("close", () => this.#add(page, -1));
    });
    page.on("close", () => this.#open.delete(page));
    page.on("crash", () => this.#open.delete(page));
    return Promise.resolve();
  };

  get total(): number {
    return [...this.#open.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The tab that has the connection, and the others. */
  split(tabs: readonly Tab[]): { leader: Tab; others: readonly Tab[] } {
    const leader = tabs.find(({ page }) => (this.#open.get(page) ?? 0) > 0);
    if (!leader) throw new Error("no tab has a connection");
    return { leader, others: tabs.filter((tab) => tab !== leader) };
  }

  #add(page: Page, by: number): void {
    if (!page.isClosed()) this.#open.set(page, (this.#open.get(page) ?? 0) + by);
  }
}

/** Lets a page of another version lay every database out anew, as its first start would. */
async function layOutAnew(tab: Tab): Promise<void> {
  await tab.page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
    for (const name of names) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 10_000);
        request.addEventListener("success", () => resolve(request.result.close()));
        request.addEventListener("blocked", () => reject(new Error("a tab does not step aside")));
        request.addEventListener("error", () => reject(new Error("no newer version")));
      });
    }
  });
}

test("three tabs share one connection, and a message sent in one appears in all", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const sockets = new Sockets();
  const first = await openTab({ prepare: sockets.count });
  await first.signIn(ann);
  const tabs = [first, await openTab({ prepare: sockets.count }), await openTab({ prepare: sockets.count })];
  for (const [index, tab] of tabs.entries()) {
    await tab.online();
    await tab.openConversation(chat);
    await tab.say(chat, [`from tab ${index + 1}`]);
  }
  await sendText(bobs, { conversationId: chat }, "to all tabs");
  for (const tab of tabs) await showsTheTruth(tab, site.url, ann);
  expect(sockets.total).toBe(1);
  const texts = await textsOnServer(site.url, ann, chat);
  expect(texts.toSorted()).toEqual(["before", ...numbered("from tab", 3), "to all tabs"].toSorted());
});

test("the leading tab is closed: another one takes over within 2 s", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const sockets = new Sockets();
  const first = await openTab({ prepare: sockets.count });
  await first.signIn(ann);
  const tabs = [first, await openTab({ prepare: sockets.count })];
  for (const tab of tabs) {
    await tab.online();
    await tab.openConversation(chat);
  }
  expect(sockets.total).toBe(1);
  const { leader, others } = sockets.split(tabs);
  await leader.page.close();
  await sendText(bobs, { conversationId: chat }, "after the handover");
  const left = others[0]!;
  await waitFor(async () => sockets.total === 1 && (await left.shown()).status === "online", {
    timeoutMs: HANDOVER_MS,
    what: "the handover",
  });
  await left.say(chat, ["from the one left"]);
  await showsTheTruth(left, site.url, ann);
});

test("the leading tab is killed in the middle of sending: nothing is sent twice, nothing is lost", async ({
  pair: { ann, chat },
  openTab,
  site,
  context,
}) => {
  const sockets = new Sockets();
  const first = await openTab({ prepare: sockets.count });
  await first.signIn(ann);
  const tabs = [first, await openTab({ prepare: sockets.count })];
  for (const tab of tabs) {
    await tab.online();
    await tab.openConversation(chat);
  }
  const { leader, others } = sockets.split(tabs);
  const left = others[0]!;
  const texts = numbered("from the leader", 20);
  const more = numbered("from the other", 20);
  await leader.say(chat, texts);
  await left.say(chat, more);
  const session = await context.newCDPSession(leader.page);
  const crashed = leader.page.waitForEvent("crash");
  // The answer never comes: who should give it is gone.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
  await waitFor(async () => (await left.waiting(chat)).length === 0, { what: "all being sent" });
  await left.online();
  await waitFor(async () => (await textsOnServer(site.url, ann, chat)).length >= 41, { what: "all messages" }).catch(
    () => undefined,
  );
  await showsTheTruth(left, site.url, ann);
  const all = await textsOnServer(site.url, ann, chat);
  expect(all.filter((text) => texts.includes(text))).toEqual(texts);
  expect(all.filter((text) => more.includes(text))).toEqual(more);
});

test("two tabs of different versions: the older one says that it is outdated, goes on, and loses nothing", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  const older = await openTab();
  await older.signIn(ann);
  await older.openConversation(chat);
  const newer = await openTab();
  await layOutAnew(newer);
  await newer.page.close();
  await sendText(bobs, { conversationId: chat }, "to an old tab");
  await older.say(chat, ["from an old tab"]);
  await waitFor(async () => (await older.shown()).storage === "outdated", { what: "being outdated" }).catch(
    () => undefined,
  );
  expect((await older.shown()).storage).toBe("outdated");
  await showsTheTruth(older, site.url, ann);
  expect((await textsOnServer(site.url, ann, chat)).toSorted()).toEqual(
    ["before", "to an old tab", "from an old tab"].toSorted(),
  );
});
