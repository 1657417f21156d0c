import { type Page, expect } from "@playwright/test";
import { test, uniqueName } from "./fixtures.ts";
import { pushTo } from "./push-to.ts";
import { chinese } from "./words.ts";

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/");
    const list = (await registration?.getNotifications()) ?? [];
    return list.map(({ title, body, tag }) => ({ title, body, tag }));
  });

test("a message that is pushed while no page is open is a notification in the device's language", async ({ open }) => {
  const ann = await open({ words: chinese, permissions: ["notifications"], expectsNetworkTrouble: true });
  const { page } = ann;
  await ann.register(uniqueName("ann"), "安");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const deliver = await pushTo(await page.context().newCDPSession(page), page);
  const notice = {
    conversationId: "c1",
    seq: 3,
    unread: 2,
    title: "周末",
    senderName: "小明",
    kind: "text",
    text: "去哪儿？",
  };
  // Whoever looks at the app sees it there.
  await deliver(notice);
  await expect.poll(() => shown(page)).toEqual([]);
  await page.goto("about:blank");
  await deliver(notice);
  await page.goto("/settings/notifications");
  await expect.poll(() => shown(page)).toEqual([{ title: "周末", body: "小明: 去哪儿？", tag: "c1" }]);
});

test("notifications are turned on by a click, and where that fails the page says why", async ({ open }) => {
  const ann = await open({ words: chinese, expectsNetworkTrouble: true });
  const { page } = ann;
  await ann.register(uniqueName("ann"), "安");
  await page.goto("/settings/notifications");
  const toggle = page.getByRole("switch", { name: "接收消息通知" });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  // A browser that nobody answers for refuses.
  await expect(page.getByRole("alert").filter({ hasText: /浏览器已禁止|没有保存/ })).toBeVisible();
  await expect(toggle).not.toBeChecked();
});
