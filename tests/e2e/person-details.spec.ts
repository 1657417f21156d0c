import { type Locator, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import { type Words, chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What the screen says of a conversation with one other person. */
const TEXTS = new Map<Words, Readonly<Record<string, string>>>([
  [
    english,
    {
      pin: "Pin",
      pinned: "Pinned",
      find: "Search this chat",
      hide: "Hide conversation",
      markUnread: "Mark as unread",
      mark: "Unread",
      close: "Close",
    },
  ],
  [
    chinese,
    {
      pin: "置顶",
      pinned: "已置顶",
      find: "查找聊天记录",
      hide: "不显示该会话",
      markUnread: "标为未读",
      mark: "未读",
      close: "关闭",
    },
  ],
]);

for (const [words, colorScheme] of [
  [english, "light"],
  [chinese, "dark"],
] as const) {
  test(`a chat with one person has details, beside it and on a phone over it (${words.locale})`, async ({
    open,
    server,
  }) => {
    const texts = TEXTS.get(words)!;
    const [anns, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
    const made = await anns.rest<{ applicationId: string }>("POST", "/api/v1/applications", {
      type: "friend",
      target: bob.userId,
      description: "",
    });
    await bob.rest("POST", `/api/v1/applications/${made.applicationId}/accept`);
    await anns.rest("PATCH", `/api/v1/contacts/${bob.userId}`, { alias: "Bobby" });
    const bobs = await bob.connect();
    await sendText(bobs, { userId: anns.userId }, "the harbour at noon");
    const [desk, phone] = [
      await open({ words, colorScheme, viewport: { width: 1280, height: 800 } }),
      await open({ ...PHONE, words, colorScheme }),
    ];
    await Promise.all([desk.enter(anns.username), phone.enter(anns.username)]);
    await desk.openChat("Bobby");
    await phone.chat("Bobby").tap();
    await phone.reads("the harbour at noon");

    const pane: Locator = desk.page.getByRole("complementary", { name: words.chatDetails });
    const sheet: Locator = phone.page.getByRole("dialog", { name: words.chatDetails });
    await desk.page.getByRole("button", { name: words.chatDetails, exact: true }).click();
    await phone.page.getByRole("heading", { level: 1, name: "Bobby" }).getByRole("button").tap();
    for (const details of [pane, sheet]) {
      await expect(details).toContainText("Bobby");
      await expect(details).toContainText(`@${bob.username}`);
      await expect(details.getByText(words.online)).toBeVisible();
    }
    await look(desk.page, `details-desk-${words.locale}`);
    await look(phone.page, `details-phone-${words.locale}`);
    await sheet.getByRole("button", { name: words.removeContact }).scrollIntoViewIfNeeded();
    await look(phone.page, `details-phone-end-${words.locale}`);

    // What is set on one device shows on the other; the words beside a switch are a part of it.
    await pane.getByText(texts.pin!, { exact: true }).click();
    await expect(sheet.getByRole("switch", { name: texts.pin!, exact: true })).toBeChecked();
    await expect(desk.chat("Bobby")).toContainText(texts.pinned!);
    await sheet.getByRole("button", { name: words.favourite }).tap();
    await desk.goTo("contacts");
    await expect(desk.contactsUnder(words.favourites).getByRole("link", { name: "Bobby" })).toBeVisible();
    await desk.page.goBack();

    // The address holds the details, so that a reload keeps them and back closes them.
    await desk.page.reload();
    await expect(pane).toContainText("Bobby");
    await phone.page.goBack();
    await expect(sheet).toHaveCount(0);
    await phone.reads("the harbour at noon");

    await pane.getByRole("button", { name: texts.find! }).click();
    await expect(desk.page.getByRole("searchbox")).toBeFocused();
    await desk.page.keyboard.type("harbour");
    await expect(desk.page.getByRole("link", { name: /the harbour at noon/ })).toBeVisible();
    await look(desk.page, `details-find-${words.locale}`);
    await desk.page.getByRole("link", { name: /the harbour at noon/ }).click();
    await expect(desk.page).toHaveURL(/\/m\/1/);

    await phone.page.getByRole("button", { name: words.chatDetails, exact: true }).tap();
    await sheet.getByRole("button", { name: words.block }).tap();
    await phone.page.getByRole("alertdialog").getByRole("button", { name: words.block }).tap();
    await expect(sheet.getByText(words.blockedNote)).toBeVisible();
    await sheet.getByRole("button", { name: texts.markUnread! }).tap();
    await expect(phone.chat("Bobby")).toContainText(texts.mark!);
    await phone.chat("Bobby").tap();
    await phone.page.getByRole("button", { name: words.chatDetails, exact: true }).tap();
    await sheet.getByRole("button", { name: texts.hide! }).tap();
    await expect(phone.page.getByText(words.noChats)).toBeVisible();
    bobs.close();
  });
}
