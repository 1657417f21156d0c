import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { codeOf } from "../support/authenticator.ts";
import { PASSWORD } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { keepsNobodyOut } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese } from "./words.ts";

const NEW_PASSWORD = "another horse battery";

const PHONE = { width: 390, height: 844 };

/** Opens a page of the settings by its address, and waits for what it shows first. */
async function visit({ page }: Screen, section: "security" | "devices" | "data", shows: string): Promise<void> {
  await page.goto(`/settings/${section}`);
  await expect(page.getByText(shows, { exact: true }).first()).toBeVisible();
}

test("a lost device is seen, and logged out from another one at once", async ({ open }) => {
  const username = uniqueName("ann");
  const mine = await open();
  await mine.register(username, "Ann");
  const lost = await open({ expectsNetworkTrouble: true });
  await lost.page.goto("/login");
  await lost.logIn(username);
  await lost.isOnline();

  await visit(mine, "devices", "This device");
  const others = mine.page.getByRole("region", { name: "Other devices" });
  await others.getByRole("button", { name: /^Rename/ }).click();
  await mine.page.getByLabel("Device name").fill("Old tablet");
  await mine.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(others.getByText("Old tablet")).toBeVisible();
  await keepsNobodyOut(mine.page);

  await others.getByRole("button", { name: "Log “Old tablet” out" }).click();
  await mine.page.getByRole("alertdialog").getByRole("button", { name: "Log out", exact: true }).click();
  await expect(others.getByText("You are not logged in anywhere else.")).toBeVisible();
  await expect(lost.page).toHaveURL(/\/login/);
  await mine.isOnline();
});

test("a new password takes the old one's place everywhere", async ({ open }) => {
  const username = uniqueName("ann");
  const ann = await open({ words: chinese, viewport: PHONE, expectsNetworkTrouble: true });
  await ann.register(username, "安");
  await visit(ann, "security", "已设置密码");
  await ann.page.getByRole("button", { name: "修改密码" }).click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel("当前密码", { exact: true }).fill("wrong password");
  await dialog.getByLabel("新密码", { exact: true }).fill(NEW_PASSWORD);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByText("密码不正确")).toBeVisible();
  await keepsNobodyOut(ann.page);
  await dialog.getByLabel("当前密码", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(ann.page.getByText("密码已保存，其他设备已退出登录。")).toBeVisible();

  const other = await open({ expectsNetworkTrouble: true });
  await other.page.goto("/login");
  await other.logIn(username);
  await expect(other.page.getByText(other.words.wrongCredentials)).toBeVisible();
  await other.logIn(username, NEW_PASSWORD);
  await other.isOnline();
});

test("two-factor is turned on with an app, and asked for at the next login", async ({ open }) => {
  const username = uniqueName("ann");
  const ann = await open({ expectsNetworkTrouble: true });
  await ann.register(username, "Ann");
  await visit(ann, "security", "Two-factor");
  await ann.page.getByRole("button", { name: "Turn two-factor on" }).click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.getByRole("img", { name: "QR code for two-factor" })).toBeVisible();
  await keepsNobodyOut(ann.page);
  const secret = await dialog.locator("code").innerText();
  await dialog.getByLabel("Code", { exact: true }).fill("000000");
  await dialog.getByRole("button", { name: "Turn two-factor on" }).click();
  await expect(dialog.getByText("The code is wrong or has been used", { exact: false })).toBeVisible();
  await dialog.getByLabel("Code", { exact: true }).fill(codeOf(secret, -1));
  await dialog.getByRole("button", { name: "Turn two-factor on" }).click();
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const [recoveryCode] = await codes.allInnerTexts();
  await dialog.getByRole("button", { name: "I have saved them" }).click();
  await expect(ann.page.getByText("10 not used yet")).toBeVisible();

  const phone = await open({ viewport: PHONE, expectsNetworkTrouble: true });
  await phone.page.goto("/login");
  await phone.logIn(username);
  await expect(phone.page.getByRole("heading", { name: "Two-factor" })).toBeVisible();
  await keepsNobodyOut(phone.page);
  await phone.page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await phone.page.keyboard.press("Enter");
  await phone.isOnline();

  const tablet = await open({ expectsNetworkTrouble: true });
  await tablet.page.goto("/login");
  await tablet.logIn(username);
  await tablet.page.getByLabel("Code", { exact: true }).fill(recoveryCode ?? "");
  await tablet.page.keyboard.press("Enter");
  await tablet.isOnline();
});

test("what one has is taken along, and the account ends", async ({ open }) => {
  const [name, friend] = [uniqueName("ann"), uniqueName("bob")];
  const bob = await open();
  await bob.register(friend, "Bob");
  const ann = await open({ expectsNetworkTrouble: true });
  await ann.register(name, "Ann");
  await ann.openChatWith(friend, "Bob");
  await ann.say("remember me");
  await bob.openChat("Ann");
  await bob.reads("remember me");

  await visit(ann, "data", "Export my data");
  await keepsNobodyOut(ann.page);
  await ann.page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  const downloaded = ann.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export", exact: true }).click();
  const file = await (await downloaded).path();
  const text = await readFile(file, "utf8");
  expect(text).toContain("remember me");
  expect(text.trimEnd()).toMatch(/\{"type":"end","messages":\d+\}$/);
  await expect(ann.page.getByText("The download has started.")).toBeVisible();

  await ann.page.getByRole("button", { name: "Delete account" }).click();
  await dialog.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(ann.page).toHaveURL(/\/login/);
  await bob.reads("remember me");
});
