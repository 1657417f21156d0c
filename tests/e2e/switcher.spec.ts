import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { chinese } from "./words.ts";

test("Ctrl+K leads to a chat by a few letters, with the keys or the pointer", async ({ open, server }) => {
  const [anns, ming, mei] = [
    await Person.register(server.url, "Ann"),
    await Person.register(server.url, "小明"),
    await Person.register(server.url, "小梅"),
  ];
  const socket = await anns.connect();
  for (const { userId } of [ming, mei]) await sendText(socket, { userId }, "在吗");
  socket.close();
  const ann = await open({ words: chinese });
  await ann.enter(anns.username);
  await expect(ann.chat("小明")).toBeVisible();

  await ann.page.keyboard.press("ControlOrMeta+k");
  const field = ann.page.getByRole("dialog").getByRole("combobox");
  const options = ann.page.getByRole("dialog").getByRole("option");
  await field.pressSequentially("xiao");
  await expect(options).toHaveCount(2);
  // Round the ends, both ways, and the field says which one is meant.
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await field.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await options.last().getAttribute("id"))!);
  await field.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await field.pressSequentially("mei");
  await expect(options).toHaveText([/小梅/]);
  await look(ann.page, "switcher");
  await field.press("Enter");
  await expect(ann.page.getByRole("heading", { level: 1, name: "小梅" })).toBeVisible();

  await ann.page.keyboard.press("ControlOrMeta+k");
  await field.fill("小明");
  await options.first().click();
  await expect(ann.page.getByRole("heading", { level: 1, name: "小明" })).toBeVisible();
});
