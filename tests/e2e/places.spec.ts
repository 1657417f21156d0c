import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import type { ScreenOptions } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import { english } from "./words.ts";

/** Several pages on either side of the place. */
const MESSAGES = 260;
const PLACE = 100;

type Open = (options?: ScreenOptions) => Promise<Screen>;

/** A person whose device has none of a chat's messages, and the chat's address. */
async function withPast(open: Open, serverUrl: string, name: string) {
  const bob = await open();
  const bobsName = uniqueName(name);
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(serverUrl, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const to = { userId: users[0]!.userId };
  for (let number = 1; number <= MESSAGES; number += 1) await sendText(anns, to, `message ${number}.`);
  await bob.openChat("Ann");
  await bob.page.getByRole("button", { name: english.toNewest }).click();
  await expect(bob.messages.getByText(`message ${MESSAGES}.`, { exact: true })).toBeInViewport();
  await expect(bob.page).toHaveTitle(english.appName);
  const address = new URL(bob.page.url()).pathname;
  // So that what comes later is not read on this device.
  await bob.goTo("contacts");
  const again = await open();
  await again.page.goto("/login");
  await again.logIn(bobsName);
  await again.isOnline();
  return { screen: again, address, say: (text: string) => sendText(anns, to, text), leave: () => anns.close() };
}

/** How far the middle of a message is from the middle of the list, in pixels. */
async function offMiddle({ messages }: Screen, text: string): Promise<number> {
  const [pane, row] = await Promise.all([
    messages.boundingBox(),
    messages.getByText(text, { exact: true }).boundingBox(),
  ]);
  if (pane === null || row === null) return Number.POSITIVE_INFINITY;
  return Math.abs(row.y + row.height / 2 - (pane.y + pane.height / 2));
}

test("a message's address opens the chat around it, and scrolling leads on to the end and back", async ({
  open,
  server,
}) => {
  const { screen, address, say, leave } = await withPast(open, server.url, "place");
  const { page, messages } = screen;
  await page.goto(`${address}/m/${PLACE}`);
  const place = messages.getByText(`message ${PLACE}.`, { exact: true });
  await expect(place).toBeInViewport();
  await expect(messages.locator("[aria-current=location]")).toContainText(`message ${PLACE}.`);
  await expect(async () => expect(await offMiddle(screen, `message ${PLACE}.`)).toBeLessThan(60)).toPass();
  // Pages come above and below, and the place stays where it is.
  await expect(messages.locator("[aria-current=location]")).toHaveCount(0);
  expect(await offMiddle(screen, `message ${PLACE}.`)).toBeLessThan(60);

  // What comes meanwhile is not shown below what is old.
  await say("meanwhile");
  await expect(page.getByRole("button", { name: english.toNewest })).toContainText("1");
  await expect(messages.getByText("meanwhile")).toHaveCount(0);

  await messages.hover();
  const seen = new Set<number>();
  await expect(async () => {
    for (const text of await messages.getByText(/^message \d+\.$/).allInnerTexts()) {
      seen.add(Number(text.match(/\d+/)?.[0]));
    }
    await page.mouse.wheel(0, 350);
    await expect(messages.getByText("meanwhile", { exact: true })).toBeInViewport({ timeout: 50 });
  }).toPass({ timeout: 60_000 });
  for (let number = PLACE; number <= MESSAGES; number += 1) expect(seen).toContain(number);
  await expect(page).toHaveTitle(english.appName);
  await say("live again");
  await expect(messages.getByText("live again", { exact: true })).toBeInViewport();
  leave();
});

test("the button to the end leaves the place, as does writing something", async ({ open, server }) => {
  const { screen, address, leave } = await withPast(open, server.url, "leave");
  const { page, messages } = screen;
  await page.goto(`${address}/m/${PLACE}`);
  await expect(messages.getByText(`message ${PLACE}.`, { exact: true })).toBeInViewport();
  await page.getByRole("button", { name: english.toNewest }).click();
  await expect(messages.getByText(`message ${MESSAGES}.`, { exact: true })).toBeInViewport();
  await expect(page).toHaveURL(address);

  await page.goto(`${address}/m/${PLACE}`);
  await expect(messages.getByText(`message ${PLACE}.`, { exact: true })).toBeInViewport();
  await screen.say("an answer");
  await expect(messages.getByText("an answer", { exact: true })).toBeInViewport();
  await expect(messages.getByText(`message ${MESSAGES}.`, { exact: true })).toBeInViewport();

  await page.goto(`${address}/m/99999`);
  await expect(page.getByText(english.messageNotFound)).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: english.toNewest }).first().click();
  await expect(messages.getByText("an answer", { exact: true })).toBeInViewport();
  leave();
});

test("scrolling through more than is held in memory neither jumps nor leaves anything out", async ({
  open,
  server,
}) => {
  /** More than a window holds, by several pages. */
  const many = 1_300;
  const bob = await open();
  const bobsName = uniqueName("long");
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(server.url, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const to = { userId: users[0]!.userId };
  const numbers = Array.from({ length: many }, (_, index) => index + 1);
  await Promise.all(numbers.map((number) => sendText(anns, to, `message ${number}.`)));
  anns.close();
  await bob.openChat("Ann");
  const address = new URL(bob.page.url()).pathname;
  await bob.page.goto(`${address}/m/${many}`);
  await expect(bob.messages.getByText(`message ${many}.`, { exact: true })).toBeInViewport();

  const { page, messages } = bob;
  /** The number of the message at the middle of the list; 0 where none is. */
  const inMiddle = () =>
    messages.evaluate((pane) => {
      const { top, height } = pane.getBoundingClientRect();
      for (const row of pane.querySelectorAll("li")) {
        const box = row.getBoundingClientRect();
        if (box.top > top + height / 2 || box.bottom <= top + height / 2) continue;
        return Number(/message (\d+)\./.exec(row.textContent)?.[1] ?? 0);
      }
      return 0;
    });
  await messages.hover();
  const jumps: string[] = [];
  // A turn of the wheel is some 45 messages; a page more or less in one step is a jump.
  const most = 70;
  for (const [turn, until] of [
    [-1_800, 1],
    [1_800, many],
  ] as const) {
    let at = await inMiddle();
    await expect(async () => {
      await page.mouse.wheel(0, turn);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const now = await inMiddle();
      const moved = (now - at) * Math.sign(turn);
      if (now > 0 && (moved < -1 || moved > most)) jumps.push(`from ${at} to ${now}`);
      if (now > 0) at = now;
      await expect(messages.getByText(`message ${until}.`, { exact: true })).toBeInViewport({ timeout: 20 });
    }).toPass({ timeout: 60_000, intervals: [10] });
  }
  expect(jumps).toEqual([]);
});
