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

test("what is starred is reached from one's own page, and back leads there", async ({ open, server }) => {
  const me = await open(PHONE);
  const mine = await Person.register(server.url, "小明");
  await me.enter(mine.username);
  await me.goTo("me");
  await me.page.getByRole("link", { name: "收藏" }).tap();
  await expect(me.page.getByText("还没有收藏")).toBeVisible();
  await me.page.getByRole("link", { name: chinese.back }).tap();
  await expect(me.page.getByRole("list", { name: chinese.settings })).toBeVisible();
});

test("the arrow of a person's card leads to the chat, and that of a found message to the search", async ({
  open,
  server,
}) => {
  const me = await open(PHONE);
  const [mine, ann] = await Promise.all([Person.register(server.url, "小明"), Person.register(server.url, "Ann")]);
  const anns = await ann.connect();
  const group = await ann.createGroup("爬山", [mine]);
  await sendText(anns, { groupId: group.groupId }, "周六去香山");
  anns.close();
  await me.enter(mine.username);
  await me.openChat("爬山");
  const { page } = me;
  const back = page.getByRole("link", { name: chinese.back });
  await me.messages.getByRole("link", { name: "Ann" }).tap();
  await expect(page).toHaveURL(/\/u\//);
  await back.tap();
  await me.reads("周六去香山");
  await back.tap();
  await expect(me.list).toBeVisible();

  const field = page.getByRole("searchbox");
  await field.fill("香山");
  await page.getByRole("link", { name: "周六去香山" }).tap();
  await me.reads("周六去香山");
  await back.tap();
  await expect(field).toHaveValue("香山");
});
