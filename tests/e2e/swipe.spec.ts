import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { type Words, chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What the screen says of what lies under a row, and of what has come of it. */
const TEXTS = new Map<Words, Readonly<Record<string, string>>>([
  [
    english,
    { read: "Read", unread: "Unread", pin: "Pin", mute: "Mute", hide: "Hide", pinned: "Pinned", muted: "Muted" },
  ],
  [
    chinese,
    {
      read: "已读",
      unread: "未读",
      pin: "置顶",
      mute: "免打扰",
      hide: "不显示",
      pinned: "已置顶",
      muted: "免打扰",
    },
  ],
]);

const MENU = new Map<Words, string>([
  [english, "Conversation menu"],
  [chinese, "会话菜单"],
]);

const LIFTED = new Map<Words, string>([
  [english, "Unpin"],
  [chinese, "取消置顶"],
]);

for (const words of [english, chinese]) {
  test(`a finger pushes a chat aside to what is done most with it (${words.locale})`, async ({ open, server }) => {
    const texts = TEXTS.get(words)!;
    const phone = await open({ ...PHONE, words, colorScheme: words === english ? "light" : "dark" });
    const { username, userId } = await Person.register(server.url, "Bob");
    const people = await Promise.all(["Ann", "Cid"].map((name) => Person.register(server.url, name)));
    for (const person of people) {
      const socket = await person.connect();
      await sendText(socket, { userId }, "hello");
      socket.close();
    }
    await phone.enter(username);
    await expect(phone.chat("Ann")).toContainText(words.unread(1));

    const actions = phone.list.getByRole("group", { name: MENU.get(words)! });
    const press = async (chat: string, action: string) => {
      await phone.swipe(phone.chat(chat), -200);
      await expect(actions).toBeVisible();
      await actions.getByRole("button", { name: action, exact: true }).tap();
      await expect(actions).toBeHidden();
    };
    await phone.swipe(phone.chat("Ann"), -200);
    await expect(actions).toBeVisible();
    // It is still the list: the swipe was no tap.
    await expect(phone.chat("Cid")).toBeVisible();
    await look(phone.page, `swipe-open-${words.locale}`);
    // A touch of another row closes it, and does nothing else.
    await phone.swipe(phone.chat("Cid"), -200);
    await expect(actions).toHaveCount(1);
    await phone.swipe(actions, 200);
    await expect(actions).toHaveCount(0);

    await press("Ann", texts.read!);
    await expect(phone.chat("Ann")).not.toContainText(words.unread(1));
    await press("Ann", texts.unread!);
    await expect(phone.chat("Ann")).toContainText(texts.unread!);
    await press("Ann", texts.pin!);
    await expect(phone.chat("Ann")).toContainText(texts.pinned!);
    await press("Ann", texts.mute!);
    await expect(phone.chat("Ann").getByRole("img", { name: texts.muted! })).toBeVisible();
    await press("Cid", texts.hide!);
    await expect(phone.chat("Cid")).toHaveCount(0);

    // A resting finger opens the menu, as the right button does; lifted, it opens no chat.
    const menu = phone.page.getByRole("menu", { name: MENU.get(words)! });
    await phone.hold(phone.chat("Ann"), menu);
    await look(phone.page, `swipe-menu-${words.locale}`);
    await menu.getByText(LIFTED.get(words)!, { exact: true }).tap();
    await expect(phone.chat("Ann")).not.toContainText(texts.pinned!);
    await expect(menu).toHaveCount(0);
    await expect(phone.page).toHaveURL(/\/$/);
    await phone.chat("Ann").tap();
    await phone.reads("hello");
  });
}
