import { expect } from "@playwright/test";
import sharp from "sharp";
import { test, uniqueName } from "./fixtures.ts";
import { chinese } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

test("people crop a portrait and say who they are, and others see it", async ({ open }) => {
  const [ann, bob] = [await open(), await open({ ...PHONE, colorScheme: "dark" })];
  await ann.register(uniqueName("ann"), "Ann");
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "小明");
  await bob.openSettings("profile");
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a7" } })
    .jpeg()
    .toBuffer();
  await bob.page.locator("input[type=file]").setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: picture });
  const dialog = bob.page.getByRole("dialog");
  await dialog.getByRole("slider").fill("2");
  await dialog.getByRole("button", { name: /^拖动图片/ }).press("ArrowLeft");
  await dialog.getByRole("button", { name: "使用", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(bob.page.getByRole("main").locator("img")).toHaveAttribute("src", /^\/api\/v1\/portraits\//);
  await bob.page.getByRole("radio", { name: "男" }).click();
  await bob.page.getByLabel("简介").fill("爱爬山\n爱猫");
  await bob.page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(bob.page.getByText("已保存")).toBeVisible();

  await ann.goTo("contacts");
  await ann.page.getByRole("searchbox", { name: ann.words.findPeople }).fill(bobsName);
  await ann.page.getByRole("region", { name: ann.words.results }).getByRole("link", { name: "小明" }).click();
  await expect(ann.page.getByText("爱爬山")).toBeVisible();
  await expect(ann.page.getByRole("main").locator("img")).toBeVisible();
  await ann.openSettings("privacy");
});
