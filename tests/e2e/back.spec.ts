import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { chinese } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

test("back on a phone closes what lies over the chat, one after the other, before it leaves the chat", async ({
  open,
  server,
}) => {
  const bob = await open(PHONE);
  const [ann, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "小明")]);
  const anns = await ann.connect();
  await sendText(anns, { userId: bobs.userId }, "在吗？");
  anns.close();
  await bob.enter(bobs.username);
  await bob.chat("Ann").tap();
  await bob.reads("在吗？");
  const chat = bob.page.url();
  const { page } = bob;
  const dialog = page.getByRole("dialog");
  const menu = page.getByRole("menu");

  await bob.hold(bob.messages.getByText("在吗？"), dialog);
  await page.goBack();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "会话菜单" }).tap();
  await expect(menu).toBeVisible();
  await page.goBack();
  await expect(menu).toBeHidden();

  await page.getByRole("button", { name: "表情" }).tap();
  await expect(dialog).toBeVisible();
  // A field with the focus would bring up the keyboard over the emoji.
  await expect(page.getByRole("searchbox", { name: "搜索表情" })).not.toBeFocused();
  await page.goBack();
  await expect(dialog).toBeHidden();
  expect(page.url()).toBe(chat);

  // The details are a step of their own, which is gone however they are closed.
  await page.getByRole("button", { name: chinese.chatDetails }).tap();
  await expect(page.getByRole("dialog", { name: chinese.chatDetails })).toBeVisible();
  await page.goBack();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: chinese.chatDetails }).tap();
  await dialog.getByRole("button", { name: "关闭" }).tap();
  await expect(dialog).toBeHidden();
  expect(page.url()).toBe(chat);
  await page.goBack();
  await expect(bob.list).toBeVisible();
  await expect(bob.messages).toBeHidden();
});
