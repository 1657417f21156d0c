import { expect } from "@playwright/test";
import { Person } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { chinese } from "./words.ts";

test("people see who is online, who is typing and when somebody was last here, unless they hide", async ({
  open,
  server,
}) => {
  const [ann, bob] = [await open(), await open({ words: chinese })];
  const [anns, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "小明")]);
  await Promise.all([ann.enter(anns.username), bob.enter(bobs.username)]);
  await ann.openChatWith(bobs.username, "小明");
  await ann.say("hello");
  await bob.openChat("Ann");

  const annsHeader = ann.page.getByRole("banner").or(ann.page.locator("header")).last();
  const bobsHeader = bob.page.locator("header").last();
  await expect(annsHeader.getByText(ann.words.online, { exact: true })).toBeVisible();
  await expect(bobsHeader.getByText(bob.words.online, { exact: true })).toBeVisible();

  await bob.composer.pressSequentially("你好", { delay: 20 });
  await expect(annsHeader.getByText(ann.words.typing, { exact: true }).first()).toBeVisible();
  await expect(ann.chat("小明")).toContainText(ann.words.typing);
  await bob.composer.press("Enter");
  await ann.reads("你好");
  await expect(ann.chat("小明")).not.toContainText(ann.words.typing);
  await expect(annsHeader.getByText(ann.words.online, { exact: true })).toBeVisible();

  await bob.openSettings("privacy");
  await bob.page.getByRole("switch", { name: bob.words.hidePresence }).click();
  await expect(bob.page.getByRole("switch", { name: bob.words.hidePresence })).toBeChecked();
  await expect(annsHeader.getByText(ann.words.online, { exact: true })).toBeHidden();

  await bob.page.reload();
  await bob.isOnline();
  await bob.page.getByRole("switch", { name: bob.words.hidePresence }).click();
  await expect(annsHeader.getByText(ann.words.online, { exact: true })).toBeVisible();

  await bob.page.context().close();
  await expect(annsHeader.getByText(ann.words.lastSeen)).toBeVisible();
  await ann.page.getByRole("heading", { level: 1, name: "小明" }).getByRole("button").click();
  const details = ann.page.getByRole("complementary", { name: ann.words.chatDetails });
  await expect(details.getByText(ann.words.lastSeen)).toBeVisible();
});
