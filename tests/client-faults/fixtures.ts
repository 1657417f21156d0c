import { type BrowserContext, type Page, test as base } from "@playwright/test";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { Site } from "./site.ts";
import { Tab } from "./tab.ts";

/** Ann, whose tab meets the fault, and Bob, who writes to her over a socket that nothing happens to. */
export interface Pair {
  readonly ann: Person;
  readonly bob: Person;
  readonly bobs: Connection;
  /** Their conversation, which begins with Bob's "before". */
  readonly chat: string;
}

interface Fixtures {
  readonly pair: Pair;
  /** Opens a tab in a browser that has the page. `url`: of the server, or of a way to it. */
  readonly openTab: (options?: {
    context?: BrowserContext;
    url?: string;
    prepare?: (page: Page) => Promise<unknown>;
  }) => Promise<Tab>;
}

export const test = base.extend<Fixtures, { readonly site: Site }>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what the fixture needs.
    async ({}, use) => {
      const site = await Site.open();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  pair: async ({ site }, use) => {
    const [ann, bob] = await Promise.all([Person.register(site.url, "Ann"), Person.register(site.url, "Bob")]);
    const bobs = await bob.connect();
    const { conversationId } = await sendText(bobs, { userId: ann.userId }, "before");
    await use({ ann, bob, bobs, chat: conversationId });
    bobs.close();
  },
  openTab: async ({ site, context }, use) => {
    await site.serve(context);
    await use(async (options = {}) => Tab.open(options.context ?? context, options.url ?? site.url, options.prepare));
  },
});

/** `word 1`, `word 2` … */
export function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}
