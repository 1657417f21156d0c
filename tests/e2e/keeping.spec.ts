import { type Locator, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { type Words, chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What the screen says of keeping conversations. */
const TEXTS = new Map<Words, Readonly<Record<string, string>>>([
  [
    english,
    {
      pin: "Pin",
      silent: "Muted (a dot only)",
      markUnread: "Mark as unread",
      hide: "Hide conversation",
      pinned: "Pinned",
      muted: "Muted",
      mark: "Unread",
      unread: "Unread",
      all: "All",
      draft: "[Draft]",
      saved: "Saved messages",
      menu: "Conversation menu",
      newChat: "New chat",
      toDate: "Go to a date",
      date: "Date",
      go: "Go",
      nothingUnread: "Nothing unread",
      showAll: "Show all conversations",
    },
  ],
  [
    chinese,
    {
      pin: "置顶",
      silent: "免打扰（只显示圆点）",
      markUnread: "标为未读",
      hide: "不显示该会话",
      pinned: "已置顶",
      muted: "免打扰",
      mark: "未读",
      unread: "未读",
      all: "全部",
      draft: "[草稿]",
      saved: "发给自己",
      menu: "会话菜单",
      newChat: "发起聊天",
      toDate: "按日期查找",
      date: "日期",
      go: "跳转",
      nothingUnread: "没有未读消息",
      showAll: "查看全部会话",
    },
  ],
]);

/** The names of the chats, from the top of the list. */
const order = (rows: Locator): Promise<(string | undefined)[]> =>
  rows.evaluateAll((links) =>
    links
      .map((link) => ({
        top: link.getBoundingClientRect().top,
        // The portrait's letters come first.
        name: (link as HTMLElement).innerText.split("\n").find((line) => line.length > 2),
      }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ name }) => name),
  );

for (const words of [english, chinese]) {
  test(`conversations are kept as one likes, on all devices (${words.locale})`, async ({ open, server }) => {
    const texts = TEXTS.get(words)!;
    const desk = await open({ words, colorScheme: words === english ? "light" : "dark" });
    const phone = await open({ ...PHONE, words, colorScheme: words === english ? "dark" : "light" });
    const { username, userId } = await Person.register(server.url, "Bob");
    await Promise.all([desk.enter(username), phone.enter(username)]);

    const people = await Promise.all(["Ann", "Cid", "Dora"].map((other) => Person.register(server.url, other)));
    const bob = { userId };
    const sockets = await Promise.all(people.map((person) => person.connect()));
    for (const socket of sockets) await sendText(socket, bob, "hello");
    await expect(desk.chat("Dora")).toContainText(words.unread(1));
    await expect(desk.page).toHaveTitle(`(3) ${words.appName}`);

    const choose = async (chat: string, item: string) => {
      await desk.chat(chat).click({ button: "right" });
      await desk.page.getByRole("menu").getByText(item, { exact: true }).click();
      // It gives the focus back as it goes.
      await expect(desk.page.getByRole("menu")).toHaveCount(0);
    };
    // By the mouse, and by the keyboard alone.
    await choose("Ann", texts.pin!);
    await expect(desk.chat("Ann")).toContainText(texts.pinned!);
    await desk.chat("Cid").focus();
    await desk.page.keyboard.press("Shift+F10");
    await expect(desk.page.getByRole("menu")).toBeVisible();
    await desk.page.getByRole("menuitemradio", { name: texts.silent! }).press("Enter");
    await expect(desk.chat("Cid").getByRole("img", { name: texts.muted! })).toBeVisible();
    await expect(desk.page).toHaveTitle(`(2) ${words.appName}`);
    await expect.poll(() => order(desk.list.getByRole("listitem").getByRole("link"))).toEqual(["Ann", "Dora", "Cid"]);
    await expect.poll(() => order(phone.list.getByRole("listitem").getByRole("link"))).toEqual(["Ann", "Dora", "Cid"]);

    // Hidden here, it is gone there; the next message brings it back.
    await choose("Dora", texts.hide!);
    await expect(desk.chat("Dora")).toHaveCount(0);
    await expect(phone.chat("Dora")).toHaveCount(0);
    await sendText(sockets[2]!, bob, "are you there?");
    await expect(phone.chat("Dora")).toContainText("are you there?");

    // What is begun on one device goes on at the other, and ends with the sending.
    await desk.openChat("Ann");
    await desk.composer.fill("half a thought");
    await expect(phone.chat("Ann")).toContainText(`${texts.draft} half a thought`);
    await phone.chat("Ann").tap();
    await expect(phone.composer).toHaveValue("half a thought");
    await phone.composer.fill("half a thought, ended");
    await expect(desk.composer).toHaveValue("half a thought, ended");
    await phone.page.getByRole("button", { name: words.send, exact: true }).tap();
    await desk.reads("half a thought, ended");
    await expect(desk.composer).toHaveValue("");
    await phone.page.getByRole("link", { name: words.back }).tap();

    // A mark stays until the next reading.
    await desk.openChat("Dora");
    await choose("Ann", texts.markUnread!);
    await expect(phone.chat("Ann")).toContainText(texts.mark!);
    await phone.list.getByRole("radio", { name: texts.unread!, exact: true }).tap();
    await expect.poll(() => order(phone.list.getByRole("listitem").getByRole("link"))).toEqual(["Ann", "Cid"]);
    await look(phone.page, `keeping-phone-unread-${words.locale}`);
    await look(desk.page, `keeping-desk-${words.locale}`);
    await phone.chat("Ann").tap();
    await expect(desk.chat("Ann")).not.toContainText(texts.mark!);
    await phone.page.getByRole("link", { name: words.back }).tap();
    await phone.chat("Cid").tap();
    await phone.reads("hello");
    await phone.page.getByRole("link", { name: words.back }).tap();
    await expect(phone.page.getByText(texts.nothingUnread!)).toBeVisible();
    await look(phone.page, `keeping-phone-none-${words.locale}`);
    await phone.page.getByRole("button", { name: texts.showAll! }).tap();
    await expect(phone.chat("Ann")).toBeVisible();

    // Notes for oneself, and a way back to a day.
    await desk.page.getByRole("button", { name: texts.newChat! }).click();
    await desk.page.getByRole("menuitem", { name: texts.saved! }).click();
    await expect(desk.page.getByRole("heading", { level: 1, name: texts.saved! })).toBeVisible();
    await desk.say("the milk");
    await expect(phone.chat(texts.saved!)).toContainText("the milk");
    await expect(phone.chat(texts.saved!)).not.toContainText(words.unread(1));
    await desk.page.getByRole("button", { name: texts.menu! }).click();
    await expect(desk.page.getByRole("menu")).toBeVisible();
    await look(desk.page, `keeping-menu-${words.locale}`);
    await desk.page.getByRole("menuitem", { name: texts.toDate! }).click();
    await desk.page.getByLabel(texts.date!, { exact: true }).fill("2020-01-01");
    await look(desk.page, `keeping-date-${words.locale}`);
    await desk.page.getByRole("button", { name: texts.go!, exact: true }).click();
    await expect(desk.page).toHaveURL(/\/m\/1$/);
    await desk.reads("the milk");
    for (const socket of sockets) socket.close();
  });
}
