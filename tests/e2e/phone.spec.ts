import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { chinese } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

test("a phone shows one pane at a time, with a way back", async ({ open, server }) => {
  const bob = await open(PHONE);
  const [ann, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "小明")]);
  await bob.enter(bobs.username);
  const anns = await ann.connect();
  await sendText(anns, { userId: bobs.userId }, "在吗？");

  await expect(bob.chat("Ann")).toContainText(chinese.unread(1));
  await bob.chat("Ann").tap();
  await bob.reads("在吗？");
  await expect(bob.list).toBeHidden();
  await expect(bob.page.getByRole("navigation")).toBeHidden();
  await bob.composer.fill("在");
  await bob.page.getByRole("button", { name: chinese.send, exact: true }).tap();
  await anns.pushedText("在");

  await bob.page.getByRole("link", { name: chinese.back }).tap();
  await expect(bob.list).toBeVisible();
  await expect(bob.messages).toBeHidden();
  await bob.page.goBack();
  await bob.reads("在吗？");

  // Nothing reaches beyond the screen's edge.
  const overflow = await bob.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBe(0);
  anns.close();
});
