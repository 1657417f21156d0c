import type { Group } from "@im-webapp/protocol";
import { type Locator, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { type ScreenOptions, test } from "./fixtures.ts";
import { keepsNobodyOut, look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

const TEXTS = {
  [english.locale]: {
    actions: "Message actions",
    pin: "Pin",
    pinned: "Pinned message",
    twoPinned: "2 pinned",
    pinList: "All pinned messages",
    unpin: "Unpin",
    star: "Star",
    isStarred: "Starred",
    starred: "Starred",
    unstar: "Remove star",
    starredEmpty: "Nothing starred yet",
    newChat: "New chat",
    select: "Select several",
    forward: "Forward",
    merged: "As one record",
    oneByOne: "One by one",
    send: "Send (1)",
    sent: "Forwarded to 1 chat",
    record: "Chat record of Ann and Bob",
    note: "Add a note (optional)",
    delete: "Delete for me",
    deleteConfirm: "Delete",
    history: "Edit history",
    readers: "Who has read it",
    read: "Read 1",
    unread: "Not read 1",
    close: "Close",
    attach: "Send photos, videos or files",
    sendLocation: "Send a location",
    place: "Coordinates or a map link",
    placeName: "Name of the place (optional)",
    sendPlace: "Send",
    shareCard: "Share card",
  },
  [chinese.locale]: {
    actions: "消息操作",
    pin: "置顶消息",
    pinned: "置顶消息",
    twoPinned: "2 条置顶",
    pinList: "查看全部置顶消息",
    unpin: "取消置顶",
    star: "收藏",
    isStarred: "已收藏",
    starred: "收藏",
    unstar: "取消收藏",
    starredEmpty: "还没有收藏",
    newChat: "发起聊天",
    select: "多选",
    forward: "转发",
    merged: "合并转发",
    oneByOne: "逐条转发",
    send: "发送（1）",
    sent: "已转发到 1 个会话",
    record: "Ann 和 Bob 的聊天记录",
    note: "留言（可选）",
    delete: "删除",
    deleteConfirm: "删除",
    history: "编辑历史",
    readers: "已读成员",
    read: "已读 1",
    unread: "未读 1",
    close: "关闭",
    attach: "发送图片、视频或文件",
    sendLocation: "发送位置",
    place: "坐标或地图链接",
    placeName: "地点名称（可选）",
    sendPlace: "发送",
    shareCard: "分享名片",
  },
};

const DEVICES = [
  { name: "desktop", options: { words: english } },
  {
    name: "phone",
    options: {
      words: chinese,
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    },
  },
] as const satisfies readonly { name: string; options: ScreenOptions }[];

/** Ann's group with Bob and Cid, who has said nothing and read nothing; Ann and Bob are in front of their screens. */
async function makeTeam(url: string) {
  const [ann, bob, cid] = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(url, name)));
  if (ann === undefined || bob === undefined || cid === undefined) throw new Error("nobody");
  const [anns, bobs] = await Promise.all([ann.connect(), bob.connect()]);
  const { groupId }: Group = await ann.createGroup("Hikers", [bob, cid]);
  await sendText(bobs, { userId: ann.userId }, "Morning Ann");
  await sendText(anns, { groupId }, "Saturday, the western hills");
  await sendText(bobs, { groupId }, "Shall we meet at eight?");
  await sendText(anns, { groupId }, "At the eastern gate");
  const { conversationId, seq } = await sendText(anns, { groupId }, "Bring water adn food");
  await anns.ok("message:edit", { conversationId, seq, content: { kind: "text", text: "Bring water and food" } });
  await sendText(bobs, { groupId }, "A slip of the thumb");
  return { ann, bob, cid, bobs };
}

/** Opens the chat with somebody, whose name also stands in the last lines of groups. */
async function openDirect(screen: Screen, name: string): Promise<void> {
  await screen.list.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await expect(screen.page.getByRole("heading", { level: 1, name })).toBeVisible();
}

for (const { name, options } of DEVICES) {
  test(`messages are pinned, starred, handed on, deleted and looked into (${name})`, async ({ open, server }) => {
    // A long walk, and every stop of it is looked at.
    test.slow();
    const texts = TEXTS[options.words.locale]!;
    const { ann, bob, cid, bobs } = await makeTeam(server.url);
    const [screen, other] = await Promise.all([open(options), open()]);
    const { page } = screen;
    await Promise.all([screen.enter(ann.username), other.enter(bob.username)]);
    await Promise.all([screen.openChat("Hikers"), other.openChat("Hikers")]);
    await other.reads("Bring water and food");

    const dialog = page.getByRole("dialog");
    const row = (of: Screen, text: string): Locator =>
      of.messages.getByRole("article").filter({ hasText: text }).last();
    const inspect = async (what: string) => {
      await look(page, `marks-${name}-${what}`);
      await keepsNobodyOut(page, what);
    };
    /** Does something with a message: by the right button, or by a finger that rests on it. */
    const choose = async (text: string, item: string) => {
      const message = screen.messages.getByText(text, { exact: true }).last();
      if (name === "desktop") {
        await message.click({ button: "right" });
        await page.getByRole("menuitem", { name: item, exact: true }).click();
        return;
      }
      await screen.hold(message, page.getByRole("dialog", { name: texts.actions }));
      await page.getByRole("button", { name: item, exact: true }).tap();
    };
    const close = () => page.getByRole("button", { name: texts.close, exact: true }).click();

    await test.step("pinning", async () => {
      const bar = page.getByRole("complementary", { name: texts.pinned });
      await choose("Shall we meet at eight?", texts.pin);
      // It takes room above the messages, which moves them.
      await expect(bar).toBeVisible();
      await choose("At the eastern gate", texts.pin);
      await expect(bar).toContainText(texts.twoPinned);
      await expect(other.page.getByRole("complementary", { name: "Pinned message" })).toContainText(
        "Ann: At the eastern gate",
      );
      await inspect("pinned");
      await bar.getByRole("button", { name: texts.pinList }).click();
      await inspect("pins");
      await dialog.getByRole("listitem").first().getByRole("button", { name: texts.unpin }).click();
      await expect(dialog.getByRole("listitem")).toHaveCount(1);
      await dialog.getByRole("link", { name: /Shall we meet at eight/ }).click();
      await expect(dialog).toHaveCount(0);
      await expect(page).toHaveURL(/\/m\/\d+$/);
      await expect(row(screen, "Shall we meet at eight?")).toBeInViewport();
      const others = other.page.getByRole("complementary", { name: "Pinned message" });
      await expect(others).toContainText("Bob: Shall we meet at eight?");
      // Who is no admin of the group has no say in it.
      await row(other, "Bring water").click({ button: "right" });
      await expect(other.page.getByRole("menuitem", { name: "Star", exact: true })).toBeVisible();
      await expect(other.page.getByRole("menuitem", { name: /^(Pin|Unpin)$/ })).toHaveCount(0);
      await other.page.keyboard.press("Escape");
    });

    await test.step("handing on several, merged and one by one", async () => {
      await choose("Saturday, the western hills", texts.select);
      await screen.messages.getByText("Shall we meet at eight?").last().click();
      await page.getByRole("toolbar").getByRole("button", { name: texts.forward }).click();
      await dialog.getByText("Bob", { exact: true }).click();
      await dialog.getByLabel(texts.note).fill("For you to keep");
      await inspect("forward");
      await dialog.getByRole("button", { name: texts.send, exact: true }).click();
      await expect(page.getByText(texts.sent)).toBeVisible();
      await expect(page.getByRole("toolbar")).toHaveCount(0);
      await bobs.pushedText("For you to keep");

      await choose("Saturday, the western hills", texts.select);
      await screen.messages.getByText("Shall we meet at eight?").last().click();
      await page.getByRole("toolbar").getByRole("button", { name: texts.forward }).click();
      await dialog.getByRole("radio", { name: texts.oneByOne }).click();
      await dialog.getByText("Bob", { exact: true }).click();
      await dialog.getByRole("button", { name: texts.send, exact: true }).click();
      await expect(page.getByText(texts.sent)).toBeVisible();

      await openDirect(other, "Ann");
      await other.reads("Saturday, the western hills");
      await other.reads("Shall we meet at eight?");
      await other.messages.getByRole("button", { name: /^Chat record of Ann and Bob/ }).click();
      await expect(other.page.getByRole("dialog").getByRole("listitem")).toHaveText([
        /Ann.*Saturday, the western hills/s,
        /Bob.*Shall we meet at eight\?/s,
      ]);
      await other.page.keyboard.press("Escape");
      await other.openChat("Hikers");
    });

    await test.step("starring", async () => {
      await choose("Bring water and food", texts.star);
      await expect(row(screen, "Bring water and food").getByRole("img", { name: texts.isStarred })).toBeVisible();
      await expect(row(other, "Bring water and food").getByRole("img", { name: "Starred" })).toHaveCount(0);
      await page.goto("/");
      await page.getByRole("button", { name: texts.newChat }).click();
      await page.getByRole("menuitem", { name: texts.starred }).click();
      const starred = page.getByRole("list", { name: texts.starred }).getByRole("listitem");
      await expect(starred).toContainText("Bring water and food");
      await inspect("starred");
      await starred.getByRole("link").click();
      await expect(row(screen, "Bring water and food")).toBeInViewport();
      await page.goBack();
      await starred.getByRole("button", { name: texts.unstar }).click();
      await expect(page.getByText(texts.starredEmpty)).toBeVisible();
      await inspect("starred-empty");
      await page.goto("/");
      await screen.openChat("Hikers");
    });

    await test.step("deleting for oneself", async () => {
      await choose("A slip of the thumb", texts.delete);
      await page.getByRole("alertdialog").getByRole("button", { name: texts.deleteConfirm, exact: true }).click();
      await expect(screen.messages.getByText("A slip of the thumb")).toHaveCount(0);
      await other.reads("A slip of the thumb");
    });

    await test.step("what it said before, and who has read it", async () => {
      await choose("Bring water and food", texts.history);
      await expect(dialog.getByRole("listitem")).toHaveText([/Bring water and food/, /Bring water adn food/]);
      await inspect("history");
      await close();
      await choose("At the eastern gate", texts.readers);
      await expect(dialog.getByRole("listitem")).toHaveText(/Bob/);
      await dialog.getByRole("radio", { name: texts.unread }).click();
      await expect(dialog.getByRole("listitem")).toHaveText(/Cid/);
      await expect(dialog.getByRole("radio", { name: texts.read, exact: true })).toBeVisible();
      await inspect("readers");
      await close();
    });

    await test.step("a place and a card", async () => {
      await page.getByRole("button", { name: texts.attach, exact: true }).click();
      await page.getByRole("menuitem", { name: texts.sendLocation, exact: true }).click();
      await dialog.getByLabel(texts.place).fill("39.99, 116.19");
      await dialog.getByLabel(texts.placeName).fill("Fragrant Hills");
      await inspect("location");
      await dialog.getByRole("button", { name: texts.sendPlace, exact: true }).click();
      await expect(other.messages.getByRole("link", { name: /Fragrant Hills/ })).toHaveAttribute(
        "href",
        /openstreetmap\.org.*39\.99/,
      );
      await page.goto(`/u/${cid.userId}`);
      await page.getByRole("button", { name: texts.shareCard }).click();
      await dialog.getByText("Hikers", { exact: true }).click();
      await dialog.getByRole("button", { name: texts.send, exact: true }).click();
      await expect(page.getByText(texts.sent)).toBeVisible();
      await inspect("person");
      await expect(other.messages.getByRole("link", { name: /Cid/ })).toHaveAttribute("href", `/u/${cid.userId}`);
      await page.goto("/");
      await screen.openChat("Hikers");
      await expect(screen.messages.getByRole("link", { name: /Cid/ })).toBeVisible();
      await inspect("bubbles");
      await page.goto("/");
      await openDirect(screen, "Bob");
      await screen.messages.getByRole("button", { name: new RegExp(`^${texts.record}`) }).scrollIntoViewIfNeeded();
      await inspect("record");
      await screen.messages.getByRole("button", { name: new RegExp(`^${texts.record}`) }).click();
      await expect(dialog.getByRole("listitem")).toHaveCount(2);
      await inspect("record-open");
    });
    bobs.close();
  });
}
