import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { english } from "./words.ts";

/** More than two pages of history, and more than a badge shows. */
const MESSAGES = 200;

test("two hundred unread messages open at the first of them, and history comes by scrolling up", async ({
  open,
  server,
}) => {
  const bob = await open();
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(server.url, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const to = { userId: users[0]!.userId };
  for (let number = 1; number <= MESSAGES; number += 1) await sendText(anns, to, `message ${number}.`);
  anns.close();

  await expect(bob.chat("Ann")).toContainText("99+");
  await expect(bob.page).toHaveTitle(`(${MESSAGES}) ${english.appName}`);

  await bob.openChat("Ann");
  await expect(bob.messages.getByText(english.unreadDivider)).toBeVisible();
  await bob.page.getByRole("button", { name: english.toNewest }).click();
  await expect(bob.messages.getByText(`message ${MESSAGES}.`, { exact: true })).toBeInViewport();
  await expect(bob.page).toHaveTitle(english.appName);

  // A device without any cache: only the newest page is there at first.
  const again = await open();
  await again.page.goto("/login");
  await again.logIn(bobsName);
  await again.openChat("Ann");
  await again.reads(`message ${MESSAGES}.`);

  const top = again.messages.getByText(english.beginning);
  await again.messages.hover();
  await expect(async () => {
    await again.page.mouse.wheel(0, -1_500);
    await expect(top).toBeInViewport({ timeout: 100 });
  }).toPass({ timeout: 60_000 });
  await again.reads("message 1.");
});

test("what is on screen keeps its place while earlier messages load above it", async ({ open, server }) => {
  const bob = await open();
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(server.url, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const to = { userId: users[0]!.userId };
  for (let number = 1; number <= MESSAGES; number += 1) await sendText(anns, to, `message ${number}.`);
  await bob.openChat("Ann");
  await bob.page.getByRole("button", { name: english.toNewest }).click();
  await expect(bob.messages.getByText(`message ${MESSAGES}.`, { exact: true })).toBeInViewport();

  await bob.messages.hover();
  // Step by step, as a hand does it, until the end is well out of sight.
  await expect(async () => {
    await bob.page.mouse.wheel(0, -200);
    const left = await bob.messages.evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
    expect(left).toBeGreaterThan(800);
  }).toPass();
  const pane = await bob.messages.boundingBox();
  const rows = await bob.messages.getByText(/^message \d+\.$/).all();
  const places = await Promise.all(rows.map(async (row) => ({ row, y: (await row.boundingBox())?.y ?? 0 })));
  // Whatever stands in the middle of the pane by now.
  const inMiddle = places.find(({ y }) => pane !== null && y > pane.y + pane.height / 2);
  const held = bob.messages.getByText((await inMiddle?.row.innerText()) ?? "nothing", { exact: true });
  const before = await held.boundingBox();
  // News from the other side goes below, out of sight, and moves nothing.
  for (let number = 1; number <= 5; number += 1) await sendText(anns, to, `news ${number}`);
  await expect(bob.page.getByRole("button", { name: english.toNewest })).toContainText("5");
  const after = await held.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 1_000))).toBeLessThan(2);
  anns.close();
});

test("who leaves in the middle of what is new comes back to that place", async ({ open, server }) => {
  const [ann, cid, bobs] = await Promise.all(["Ann", "Cid", "Bob"].map((name) => Person.register(server.url, name)));
  const [anns, cids] = await Promise.all([ann!.connect(), cid!.connect()]);
  const to = { userId: bobs!.userId };
  for (let number = 1; number <= 60; number += 1) await sendText(anns, to, `message ${number}.`);
  await sendText(cids, to, "hello");
  anns.close();
  cids.close();
  const bob = await open();
  await bob.enter(bobs!.username);
  await bob.openChat("Ann");
  await expect(bob.messages.getByText("message 1.", { exact: true })).toBeInViewport();
  await bob.messages.hover();
  await expect(async () => {
    await bob.page.mouse.wheel(0, 200);
    await expect(bob.messages.getByText("message 30.", { exact: true })).toBeInViewport({ timeout: 50 });
  }).toPass();
  await bob.openChat("Cid");
  // Some more than 30 are read, and those below are not.
  await expect(bob.chat("Ann")).toContainText(/[12]\d unread/);

  await bob.openChat("Ann");
  await expect(bob.messages.getByText(english.unreadDivider)).toBeInViewport();
  await expect(bob.messages.getByText("message 1.", { exact: true })).toBeHidden();
  const button = bob.page.getByRole("button", { name: english.toNewest });
  await expect(button).toContainText(/^[12]\d$/);
  await button.click();
  await expect(bob.chat("Ann")).not.toContainText("unread");
});
