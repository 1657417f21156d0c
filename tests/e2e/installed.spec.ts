import { type Page, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { startServer } from "../support/server.ts";
import { test, uniqueName } from "./fixtures.ts";
import { chinese, english } from "./words.ts";

/** Most bytes that the first visit may store for later ones: what opens the app, and nothing that only some need. */
const MAX_SHELL_BYTES = 1_800_000;

/** All that the service worker keeps, by its path. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: { path: string; bytes: number }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        found.push({ path: new URL(request.url).pathname, bytes: (await response?.arrayBuffer())?.byteLength ?? 0 });
      }
    }
    return found;
  });

const hasWorker = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

test("the app opens without its server, with what it had", async ({ open }) => {
  const server = await startServer();
  const ann = await open({ baseURL: server.url, expectsNetworkTrouble: true });
  const { page } = ann;
  const name = uniqueName("ann");
  await ann.register(name, "Ann");
  const bob = await Person.register(server.url, "Bob");
  const bobs = await bob.connect();
  const { users } = await bob.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${name}`);
  await sendText(bobs, { userId: users[0]!.userId }, "kept for later");
  await ann.openChat("Bob");
  await ann.reads("kept for later");
  expect(await hasWorker(page)).toBe(true);
  bobs.close();
  await server.stop();

  await page.reload();
  await ann.reads("kept for later");
  await expect(ann.chat("Bob")).toContainText("kept for later");
  await expect(ann.list.getByText(/Connection lost|connecting again/i).first()).toBeVisible();
  // What is written waits.
  await ann.say("written without a server");
  await ann.reads("written without a server");
  await expect(ann.messages.getByText(english.waiting, { exact: true })).not.toHaveCount(0);

  const files = await kept(page);
  expect(files.map(({ path }) => path)).toContain("/index.html");
  expect(files.filter(({ path }) => /^\/(api|socket\.io)/.test(path))).toEqual([]);
  expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_SHELL_BYTES);
});

test("a newer version is offered, and loaded by a click alone", async ({ open, server }) => {
  const ann = await open({ words: chinese });
  const { page } = ann;
  await ann.register(uniqueName("ann"), "安");
  const bob = await Person.register(server.url, "Bob");
  await ann.openChatWith(bob.username, "Bob");
  await hasWorker(page);
  await page.reload();
  await ann.composer.fill("还没写完");
  const offer = page.getByRole("status").filter({ hasText: "新版本可用" });
  await expect(offer).toHaveCount(0);
  const isSamePage = () => page.evaluate(() => "before" in window);
  // Another address is another version to the browser: from here on the app's own.
  await page.addInitScript(() => {
    const register = navigator.serviceWorker.register.bind(navigator.serviceWorker);
    navigator.serviceWorker.register = (_address, options) => register("/service-worker.js?newer", options);
  });
  await page.evaluate(async () => {
    Object.assign(window, { before: true });
    await navigator.serviceWorker.register("/service-worker.js?newer");
  });
  await expect(offer).toBeVisible();
  expect(await isSamePage()).toBe(true);
  await expect(ann.composer).toHaveValue("还没写完");
  await page.getByRole("button", { name: "刷新" }).click();
  await expect.poll(isSamePage).toBe(false);
  await expect(ann.composer).toHaveValue("还没写完");
  await expect(offer).toHaveCount(0);
});

test("the app can be installed, by its name in either language", async ({ open }) => {
  for (const [words, name] of [
    [chinese, "即时通讯"],
    [english, "Instant Messaging"],
  ] as const) {
    const { page } = await open({ words });
    await page.goto("/login");
    const session = await page.context().newCDPSession(page);
    await expect
      .poll(async () => {
        const { data = "{}", errors } = await session.send("Page.getAppManifest");
        return [(JSON.parse(data) as { name?: string }).name, errors];
      })
      .toEqual([name, []]);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // A browser of a test keeps nothing, which is all that stands in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
    await session.detach();
  }
});
