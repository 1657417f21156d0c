import { type Browser, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { type Server, startServer } from "../support/server.ts";
import { Screen } from "./screen.ts";
import { type Words, english } from "./words.ts";

/** What a browser reports when the network, or the server, is taken away on purpose. */
const NETWORK_TROUBLE =
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_ABORTED|WebSocket connection|WebSocket is already in CLOSING|Failed to load resource/;

/** The desktop's size of the design, in pixels. */
const DESKTOP = { width: 1440, height: 900 };

export interface ScreenOptions extends BrowserContextOptions {
  words?: Words;
  /** This test takes the network away, which the browser reports. */
  expectsNetworkTrouble?: boolean;
}

/** Opens a browser of somebody's own: separate storage, so that each is another device. */
type OpenScreen = (options?: ScreenOptions) => Promise<Screen>;

async function openScreen(
  browser: Browser,
  server: Server,
  problems: string[],
  { words = english, expectsNetworkTrouble = false, ...options }: ScreenOptions,
): Promise<Screen> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: words.locale,
    timezoneId: "Asia/Shanghai",
    viewport: DESKTOP,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const note = (problem: string) => {
    if (!expectsNetworkTrouble || !NETWORK_TROUBLE.test(problem)) problems.push(`${page.url()}: ${problem}`);
  };
  page.on("pageerror", (error) => note(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") note(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== (options.baseURL ?? server.url))
      problems.push(`a request to ${request.url()}`);
  });
  return new Screen(page, words);
}

interface WorkerFixtures {
  /** One real server per worker, with the built web app. */
  readonly server: Server;
}

interface Fixtures {
  readonly open: OpenScreen;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what the fixture needs.
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  open: async ({ browser, server }, use) => {
    const screens: Screen[] = [];
    const problems: string[] = [];
    await use(async (options = {}) => {
      const screen = await openScreen(browser, server, problems, options);
      screens.push(screen);
      return screen;
    });
    await Promise.all(screens.map(({ page }) => page.context().close()));
    // Errors that nobody sees on the screen, and anything fetched from elsewhere.
    expect(problems).toEqual([]);
  },
});

let names = 0;

/** A username that no other test has. */
export function uniqueName(name: string): string {
  names += 1;
  return `${name}-${process.pid}-${names}`;
}
