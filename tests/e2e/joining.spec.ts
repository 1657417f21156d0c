import { expect } from "@playwright/test";
import sharp from "sharp";
import { test, uniqueName } from "./fixtures.ts";
import { chinese, english } from "./words.ts";

const LINK = /\/join\/[a-z0-9]+$/;

test("somebody makes a link, another opens it, makes an account and is in", async ({ open }) => {
  const ann = await open();
  await ann.register(uniqueName("ann"), "Ann");
  const cid = await open();
  const cidsName = uniqueName("cid");
  await cid.register(cidsName, "Cid");
  await ann.createGroup("Weekend 周末", [{ query: cidsName, displayName: "Cid" }]);
  const { page } = ann;
  await page.getByRole("button", { name: english.groupDetails }).click();
  await page.getByRole("button", { name: "Invitation link" }).click();
  const dialog = page.getByRole("dialog", { name: "Invitation link and QR code" });
  await expect(dialog.getByText("No links yet")).toBeVisible();
  await dialog.getByRole("radiogroup", { name: "People" }).getByRole("radio", { name: "10", exact: true }).click();
  await dialog.getByRole("button", { name: "Make a link" }).click();
  const field = dialog.getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(LINK);
  await expect(dialog.getByRole("img", { name: "QR code of “Weekend 周末”" })).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Save image" })).toHaveAttribute("download", "Weekend 周末.png");
  // The code is a picture to keep and to hand on.
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("link", { name: "Save image" }).click(),
  ]);
  const { format, width, height } = await sharp(await saved.path()).metadata();
  expect(format).toBe("png");
  expect(width).toBeGreaterThanOrEqual(640);
  expect(height).toBe(width);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog.getByRole("button", { name: "Copy image" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const held = "navigator.clipboard.read().then((items) => items.flatMap(({ types }) => types))";
  expect(await page.evaluate(held)).toEqual(["image/png"]);
  const link = await field.inputValue();

  const bob = await open({ words: chinese });
  await bob.page.goto(new URL(link).pathname);
  // Signed out: first an account, then back to where the link led.
  await bob.page.getByRole("link", { name: "注册" }).click();
  // The page before has a field for a name or a number.
  await bob.page.getByLabel(chinese.username, { exact: true }).fill(uniqueName("bob"));
  await bob.page.getByLabel(chinese.password, { exact: true }).fill("correct horse battery");
  await bob.page.getByRole("button", { name: chinese.next }).click();
  await bob.page.getByLabel(chinese.displayName).fill("小明");
  await bob.page.getByRole("button", { name: chinese.createAccount }).click();
  await expect(bob.page.getByText("Ann 邀请你加入群聊")).toBeVisible();
  await expect(bob.page.getByRole("region", { name: "Weekend 周末" })).toContainText("2 位成员");
  await bob.page.getByRole("button", { name: "加入群聊" }).click();
  await expect(bob.page.getByRole("heading", { level: 1, name: "Weekend 周末" })).toBeVisible();
  await expect(bob.messages.getByText("通过 Ann 的邀请加入了群聊")).toBeVisible();
  await bob.say("我来了");
  await page.keyboard.press("Escape");
  await ann.reads("我来了");

  // Ended, it says so to the next one.
  await page.getByRole("button", { name: "Invitation link" }).click();
  await dialog.getByRole("button", { name: /^Revoke link/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(dialog.getByText("No links yet")).toBeVisible();
  // The browser reports the 404 of an unknown link.
  const dan = await open({ expectsNetworkTrouble: true });
  await dan.register(uniqueName("dan"), "Dan");
  await dan.page.goto(new URL(link).pathname);
  await expect(dan.page.getByText("This invitation has ended")).toBeVisible();
  await dan.page.goto("/join/nothing");
  await expect(dan.page.getByText("There is no such invitation")).toBeVisible();
});
