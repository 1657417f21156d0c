import { type Page, expect } from "@playwright/test";
import { Person } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { Screen } from "./screen.ts";

/** Longest time in which another tab has the connection once the one that had it is closed, in milliseconds. */
const HANDOVER_MS = 2_000;

/** Counts the connections that a page has open. */
function connectionsOf(page: Page): () => number {
  let open = 0;
  page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => {
      open -= 1;
    });
  });
  return () => open;
}

async function anotherTab(screen: Screen): Promise<{ tab: Screen; connections: () => number }> {
  const page = await screen.page.context().newPage();
  const connections = connectionsOf(page);
  await page.goto("/");
  const tab = new Screen(page, screen.words);
  await tab.isOnline();
  return { tab, connections };
}

test("tabs of one account share a connection, and hand it over", async ({ open, server }) => {
  const [ann, first] = [await open(), await open()];
  const [anns, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const firstConnections = connectionsOf(first.page);
  await Promise.all([ann.enter(anns.username), first.enter(bobs.username)]);
  await ann.openChatWith(bobs.username, "Bob");
  await ann.say("to all your tabs");
  await first.openChat("Ann");

  const { tab: second, connections: secondConnections } = await anotherTab(first);
  await second.openChat("Ann");
  const { tab: third, connections: thirdConnections } = await anotherTab(first);
  await third.openChat("Ann");
  for (const tab of [first, second, third]) await tab.reads("to all your tabs");
  expect([firstConnections(), secondConnections(), thirdConnections()]).toEqual([1, 0, 0]);

  await second.say("from the second tab");
  for (const tab of [first, second, third, ann]) await tab.reads("from the second tab");

  await first.page.close();
  await expect.poll(() => secondConnections() + thirdConnections(), { timeout: HANDOVER_MS }).toBe(1);
  await ann.say("after the first is gone");
  await third.say("and answered");
  for (const tab of [second, third, ann]) {
    await tab.reads("after the first is gone");
    await tab.reads("and answered");
  }
});

test("signing out in one tab signs out the others", async ({ open, server }) => {
  const first = await open();
  await first.enter((await Person.register(server.url, "Cid")).username);
  const { tab: second } = await anotherTab(first);
  await second.goTo("me");
  await second.page.getByRole("button", { name: second.words.logOut }).click();
  const confirm = second.page.getByRole("alertdialog").or(second.page.getByRole("dialog"));
  await confirm.getByRole("button", { name: second.words.logOut }).click();
  await expect(first.page.getByLabel(first.words.usernameOrPhone)).toBeVisible();
});
