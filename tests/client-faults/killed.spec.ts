import { type BrowserContext, chromium, expect } from "@playwright/test";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { numbered, test } from "./fixtures.ts";
import type { Tab } from "./tab.ts";
import { showsTheTruth, textsOnServer } from "./truth.ts";

/** Times that the tab is killed, each at another moment of its writing. */
const ROUNDS = 3;

/** Messages of the other side that are on their way when it is killed. */
const FLOOD = 60;

/** Ends the tab's process at once, as the system does when memory runs out. */
async function crash(context: BrowserContext, tab: Tab): Promise<void> {
  const session = await context.newCDPSession(tab.page);
  const crashed = tab.page.waitForEvent("crash");
  // The answer never comes: who should give it is gone.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
  await tab.page.close();
}

test("the tab is killed in the middle of writes: nothing shown as waiting is lost, and each message is there once", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
  launchOptions,
}) => {
  // On disk: what a browser keeps of a context of Playwright's own stays in memory.
  const profile = makeTemporaryFolder("profile");
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    await site.serve(context);
    let tab = await openTab({ context });
    await tab.signIn(ann);
    const shown: string[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await tab.openConversation(chat);
      const flood = numbered(`flood ${round}.`, FLOOD).map((text) => sendText(bobs, { conversationId: chat }, text));
      const texts = numbered(`written ${round}.`, 40);
      await tab.startSaying(chat, texts);
      // Killed while the rest is still being stored, later in each round.
      const waited = await waitFor(
        async () => {
          const waiting = await tab.waiting(chat);
          return waiting.some((text) => text.endsWith(`. ${round * 5}`)) && waiting;
        },
        { what: "messages that wait" },
      );
      shown.push(...waited.filter((text) => !shown.includes(text)));
      await crash(context, tab);
      await Promise.all(flood);
      tab = await openTab({ context });
    }
    await tab.online();
    await tab.openConversation(chat);
    await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "all being sent" });
    await showsTheTruth(tab, site.url, ann);
    const all = await textsOnServer(site.url, ann, chat);
    const own = all.filter((text) => text.startsWith("written"));
    expect(new Set(own).size, "each once").toBe(own.length);
    expect(
      shown.filter((text) => !own.includes(text)),
      "lost",
    ).toEqual([]);
    const written = Array.from({ length: ROUNDS }, (_, round) => numbered(`written ${round + 1}.`, 40)).flat();
    expect(own, "in the order written").toEqual(written.filter((text) => own.includes(text)));
  } finally {
    await context.close();
    await removeTemporaryFolder(profile);
  }
});
