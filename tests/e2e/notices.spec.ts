import { type Page, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { Screen } from "./screen.ts";
import { onScreen, watch } from "./told.ts";
import { chinese } from "./words.ts";

const toggle = (page: Page, name: string) => page.getByRole("switch", { name });

test("a message nobody looks at is told once, by one tab, with a sound, and no longer once it is read", async ({
  open,
  server,
}) => {
  const bob = await open({ words: chinese, permissions: ["notifications"] });
  const { page } = bob;
  const seen = await watch(page.context());
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  await page.goto("/settings/notifications");
  await expect(toggle(page, "提示音")).toBeChecked();
  await expect(toggle(page, "弹出通知")).toBeChecked();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const other = new Screen(await page.context().newPage(), chinese);
  await other.page.goto("/");
  await other.isOnline();
  await other.goTo("contacts");

  const [ann, carl] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Carl")]);
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const to = { userId: users[0]!.userId };
  const [anns, carls] = await Promise.all([ann.connect(), carl.connect()]);
  await sendText(anns, to, "in the background");
  await expect.poll(() => onScreen(page)).toEqual(["Ann: in the background"]);
  await expect(page).toHaveTitle(/^\(1\) /);
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute("href", "/icon-unread.svg");
  expect(seen).toEqual({ shown: ["Ann: in the background"], sounds: 1 });

  // Read in the other tab, it is told no more, and what comes is seen.
  await other.goTo("chats");
  await other.openChat("Ann");
  await other.reads("in the background");
  await expect.poll(() => onScreen(page)).toEqual([]);
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute("href", "/icon.svg");
  await sendText(anns, to, "before your eyes");
  await other.reads("before your eyes");

  // Hidden content and silence.
  await toggle(page, "隐藏内容").click();
  await toggle(page, "提示音").click();
  await expect(toggle(page, "提示音")).not.toBeChecked();
  await sendText(carls, to, "a secret");
  await expect.poll(() => onScreen(page)).toEqual(["新消息: 你有一条新消息"]);
  expect(seen).toEqual({ shown: ["Ann: in the background", "新消息: 你有一条新消息"], sounds: 1 });
  anns.close();
  carls.close();
});

test("quiet hours and a switch that is off keep everything silent, on this device", async ({ open, server }) => {
  const bob = await open({ words: chinese, permissions: ["notifications"] });
  const { page } = bob;
  const seen = await watch(page.context());
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  await page.goto("/settings/notifications");
  await expect(toggle(page, "弹出通知")).toBeChecked();
  await toggle(page, "免打扰时段").click();
  // All day but the minute before midnight of the day before.
  await page.getByLabel("开始").fill("00:00");
  await page.getByLabel("结束").fill("23:59");
  await page.getByLabel("结束").blur();
  const ann = await Person.register(server.url, "Ann");
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const anns = await ann.connect();
  await sendText(anns, { userId: users[0]!.userId }, "at night");
  await expect(page).toHaveTitle(/^\(1\) /);
  await toggle(page, "免打扰时段").click();
  await expect(page.getByLabel("开始")).toHaveCount(0);
  await sendText(anns, { userId: users[0]!.userId }, "by day");
  await expect.poll(() => onScreen(page)).toEqual(["Ann: by day"]);
  expect(seen).toEqual({ shown: ["Ann: by day"], sounds: 1 });
  anns.close();
});
