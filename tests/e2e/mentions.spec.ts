import { randomUUID } from "node:crypto";
import type { Mentions } from "@im-webapp/protocol";
import { expect } from "@playwright/test";
import { Person } from "../support/people.ts";
import { test } from "./fixtures.ts";
import type { ScreenOptions } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import { chinese } from "./words.ts";

/** Ann, 小明 and Cid in a group; Ann is in front of it. */
async function trio(
  open: (options?: ScreenOptions) => Promise<Screen>,
  url: string,
): Promise<[Screen, Screen, Screen]> {
  const [anns, mings, cids] = [
    await Person.register(url, "Ann"),
    await Person.register(url, "王小明"),
    await Person.register(url, "Cid Lee"),
  ];
  await anns.createGroup("Hikers", [mings, cids]);
  const [ann, ming, cid] = [await open(), await open({ words: chinese }), await open()];
  // One after the other: three at once keep two cores waiting on each other.
  await ann.enter(anns.username);
  await ming.enter(mings.username);
  await cid.enter(cids.username);
  await ann.openChat("Hikers");
  return [ann, ming, cid];
}

test("somebody is named by pinyin and the keyboard, and sees it until it is read", async ({ open, server }) => {
  const [ann, ming, cid] = await trio(open, server.url);
  await ann.composer.pressSequentially("hi @xiaom");
  const list = ann.page.getByRole("listbox", { name: "Members to mention" });
  await expect(list.getByRole("option")).toHaveText([/王小明/]);
  await ann.page.keyboard.press("Enter");
  await expect(ann.composer).toHaveValue("hi @王小明 ");
  await ann.composer.press("Enter");
  await expect(ann.messages.locator("[data-mention]")).toHaveText("@王小明");

  await expect(ming.chat("Hikers")).toContainText("[有人@我]");
  await expect(cid.chat("Hikers")).toContainText("hi @王小明");
  await expect(cid.chat("Hikers")).not.toContainText("[Mentioned]");
  await ming.openChat("Hikers");
  await expect(ming.messages.locator("[data-mention]")).toHaveText("@王小明");
  await expect(ming.chat("Hikers")).not.toContainText("[有人@我]");
});

test("everyone is named, and a button leads to what stands above", async ({ open, server }) => {
  const cid = await open();
  const [ann, cids] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Cid Lee")]);
  await cid.enter(cids.username);
  const anns = await ann.connect();
  const { groupId } = await ann.createGroup("Hikers", [cids]);
  const say = (text: string, mentions?: Mentions) =>
    anns.ok("message:send", {
      clientMessageId: randomUUID(),
      to: { groupId },
      content: { kind: "text", text },
      ...(mentions !== undefined && { mentions }),
    });
  for (let n = 1; n <= 40; n += 1) await say(`before ${n}`);
  await say("@everyone come at eight", "all");
  for (let n = 1; n <= 40; n += 1) await say(`between ${n}`);
  await say("@Cid Lee you too", [cids.userId]);

  await expect(cid.chat("Hikers")).toContainText("[Mentioned]");
  await cid.openChat("Hikers");
  const button = cid.page.getByRole("button", { name: /mention you|mentions you/ });
  await button.click();
  await expect(cid.messages.getByText("@everyone", { exact: true })).toBeInViewport();
  await expect(button).toHaveAccessibleName(/^1 message/);
  await button.click();
  await expect(cid.messages.getByText("@Cid Lee", { exact: true })).toBeInViewport();
  await expect(button).toHaveCount(0);
  await expect(cid.chat("Hikers")).not.toContainText("[Mentioned]");
  anns.close();
});

test("a mention that is recalled is none", async ({ open, server }) => {
  const [ann, , cid] = await trio(open, server.url);
  await ann.composer.pressSequentially("@cid");
  await ann.page.getByRole("option", { name: /Cid Lee/ }).click();
  await ann.composer.press("Enter");
  await expect(cid.chat("Hikers")).toContainText("[Mentioned]");
  await ann.messages.getByText("@Cid Lee").click({ button: "right" });
  await ann.page.getByRole("menuitem", { name: "Recall" }).click();
  await expect(cid.chat("Hikers")).not.toContainText("[Mentioned]");
});
