import { expect } from "@playwright/test";
import { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { pictureOf, send, uploadFile, words as bytesOf } from "../integration/file-calls.ts";
import { type ScreenOptions, test } from "./fixtures.ts";
import { keepsNobodyOut, look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

const TEXTS = {
  [english.locale]: {
    field: "Search",
    results: "Search results",
    messages: "Messages",
    two: "2 messages",
    within: "In “项目组”",
    leave: "Search all chats",
    close: "Leave the search",
    menu: "Chat menu",
    inConversation: "Search this chat",
    files: "Files",
    allFiles: "All files",
    images: "Images",
    all: "All",
    none: "No message matches",
    offline: "Not connected",
    nothing: "Nothing found",
  },
  [chinese.locale]: {
    field: "搜索",
    results: "搜索结果",
    messages: "聊天记录",
    two: "2 条相关消息",
    within: "在“项目组”中查找",
    leave: "在所有会话中查找",
    close: "退出搜索",
    menu: "会话菜单",
    inConversation: "查找聊天记录",
    files: "文件",
    allFiles: "全部文件",
    images: "图片",
    all: "全部",
    none: "没有找到",
    offline: "未连接：只在",
    nothing: "没有找到",
  },
} as const;

const textsOf = ({ words }: Screen) => TEXTS[words.locale]!;

/** Two people who have talked directly and in a group of many messages; the first is at the screen. */
async function talked(url: string, open: (options?: ScreenOptions) => Promise<Screen>, options: ScreenOptions) {
  const ann = await Person.register(url, "Ann");
  const bob = await Person.register(url, "林晓");
  const [anns, bobs] = await Promise.all([Connection.open(url, ann.token), Connection.open(url, bob.token)]);
  const group = await ann.createGroup("项目组", [bob]);
  const to = { conversationId: group.conversationId };
  await sendText(
    bobs,
    to,
    "明天下午三点在会议室讨论发布计划，请大家带上各自的 release checklist，我们逐条过一遍，最后确定上线时间。",
  );
  for (let count = 0; count < 60; count += 1) await sendText(anns, to, `进度 ${count}`);
  await sendText(bobs, to, "发布时间改到周五");
  await sendText(bobs, { userId: ann.userId }, "发布的 Release notes 写好了吗？");
  anns.close();
  bobs.close();
  const screen = await open(options);
  await screen.enter(ann.username);
  return { screen, group };
}

const looks: { name: string; options: ScreenOptions }[] = [
  { name: "zh-desktop-light", options: { words: chinese } },
  { name: "en-phone-dark", options: { words: english, viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
];

for (const { name, options } of looks) {
  test(`finds what was said, and goes there (${name})`, async ({ open, server }) => {
    const { screen } = await talked(server.url, open, { ...options, expectsNetworkTrouble: true });
    const { page } = screen;
    const texts = textsOf(screen);
    const isPhone = options.viewport !== undefined;
    const field = page.getByRole("searchbox", { name: texts.field });
    const results = page.getByRole("region", { name: texts.results });

    await field.fill("发布");
    await expect(results.getByRole("button", { name: texts.two })).toBeVisible();
    await expect(results.getByRole("link", { name: "Release notes" }).locator("mark")).toHaveText("发布");
    await look(page, `search-${name}-all`);
    await keepsNobodyOut(page);

    await results.getByRole("button", { name: texts.two }).click();
    await expect(page.getByText(texts.within)).toBeVisible();
    await expect(results.getByRole("link")).toHaveCount(2);
    await look(page, `search-${name}-within`);
    // One character, and a word beginning with the letters, in any case.
    await field.fill("会 REL");
    await results.getByRole("link").filter({ hasText: "release checklist" }).click();
    const place = page.getByRole("article").filter({ hasText: "release checklist" });
    await expect(place).toBeInViewport();
    await look(page, `search-${name}-place`);
    if (isPhone) await page.goBack();
    await expect(field).toHaveValue("会 REL");

    await page.getByRole("radio", { name: texts.files }).click();
    await expect(results.getByText(texts.nothing).or(results.getByText(texts.none))).toBeVisible();
    await look(page, `search-${name}-none`);
    await page.getByRole("radio", { name: texts.all, exact: true }).click();
    await expect(results.getByRole("link")).toHaveCount(1);

    await page.context().setOffline(true);
    await screen.connectionIs("offline");
    // What was looked at is on the device.
    await field.fill("上线时间");
    await expect(page.getByText(texts.offline)).toBeVisible();
    await expect(results.getByRole("link").filter({ hasText: "最后确定上线时间" })).toBeVisible();
    await look(page, `search-${name}-offline`);
    await page.context().setOffline(false);

    await page.getByRole("button", { name: texts.close }).click();
    await expect(results).toBeHidden();
  });
}

test("begins by the keyboard, in what is open or in everything", async ({ open, server }) => {
  const { screen } = await talked(server.url, open, { words: english });
  const { page } = screen;
  const texts = textsOf(screen);
  const field = page.getByRole("searchbox", { name: texts.field });
  await screen.list.getByRole("link", { name: "项目组" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "项目组" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+f");
  await expect(field).toBeFocused();
  await page.keyboard.type("进度 59");
  const found = page.getByRole("region", { name: texts.results }).getByRole("link");
  await expect(found).toHaveCount(1);
  await page.getByRole("button", { name: texts.leave }).click();
  await expect(page.getByText(texts.within)).toBeHidden();
  await field.fill("");
  await page.locator("#main").focus();
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
});

for (const { name, options } of looks) {
  test(`finds files by their names, saves them, and goes to where they were sent (${name})`, async ({
    open,
    server,
  }) => {
    const ann = await Person.register(server.url, "Ann");
    const bob = await Person.register(server.url, "林晓");
    const bobs = await Connection.open(server.url, bob.token);
    const group = await ann.createGroup("一个名字特别长的项目讨论组，用来看列表会不会被撑宽", [bob]);
    const to = { conversationId: group.conversationId };
    const caller = { url: server.url, token: bob.token };
    for (const file of [
      "2026年第三季度经营分析报告（终稿-最后一版-已确认）.pdf",
      "季度预算.xlsx",
      "季度总结.pptx",
      "季度-release-notes.zip",
    ]) {
      const { fileId } = await uploadFile(caller, bytesOf(file.repeat(400)), file);
      await send(bobs, to, { kind: "file", fileId });
    }
    const { fileId } = await uploadFile(caller, await pictureOf(), "季度架构图.png");
    await send(bobs, to, { kind: "image", fileId });
    for (let count = 0; count < 40; count += 1) await sendText(bobs, to, `进度 ${count}`);
    await sendText(bobs, to, "季度报告放在群文件里了");
    bobs.close();

    const screen = await open(options);
    await screen.enter(ann.username);
    const { page } = screen;
    const texts = textsOf(screen);
    const results = page.getByRole("region", { name: texts.results });
    const files = results.getByRole("region", { name: texts.files });
    await page.getByRole("searchbox", { name: texts.field }).fill("季度");
    await expect(files.getByRole("link")).toHaveCount(3);
    await expect(results.getByRole("region", { name: texts.messages }).getByRole("link")).toHaveCount(1);
    await look(page, `search-${name}-files-first`);
    await files.getByRole("button", { name: texts.allFiles }).click();
    await expect(files.getByRole("link")).toHaveCount(4);
    await expect(files.getByRole("link", { name: "季度总结.pptx" }).locator("mark")).toHaveText("季度");
    await keepsNobodyOut(page);
    await look(page, `search-${name}-files-all`);

    // No name is so long that it pushes what stands behind it off the screen.
    await expect(files.getByRole("button", { name: "季度预算.xlsx" })).toBeInViewport({ ratio: 1 });
    const download = page.waitForEvent("download");
    await files.getByRole("button", { name: "季度预算.xlsx" }).click();
    expect((await download).suggestedFilename()).toBe("季度预算.xlsx");
    await page.getByRole("radio", { name: texts.images }).click();
    await expect(files.getByRole("link", { name: "季度架构图.png" })).toBeVisible();
    await expect(files.getByRole("link")).toHaveCount(1);
    await page.getByRole("radio", { name: texts.files }).click();
    await files.getByRole("link", { name: "终稿" }).click();
    await expect(page.getByRole("article").filter({ hasText: "终稿" })).toBeInViewport();
  });
}
