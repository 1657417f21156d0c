import { randomUUID } from "node:crypto";
import { ROLES } from "@im-webapp/protocol";
import { type Locator, type Page, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import type { ScreenOptions } from "./fixtures.ts";

type Open = (options?: ScreenOptions) => Promise<Screen>;

/** Ann and Bob in their chat with each other, each in front of it. */
async function annAndBob(open: Open, url: string, options: ScreenOptions = {}): Promise<[Screen, Screen]> {
  const [anns, bobs] = await Promise.all([Person.register(url, "Ann"), Person.register(url, "Bob")]);
  const socket = await anns.connect();
  await sendText(socket, { userId: bobs.userId }, "Hello Bob");
  socket.close();
  const [ann, bob] = await Promise.all([open(options), open()]);
  await Promise.all([ann.enter(anns.username), bob.enter(bobs.username)]);
  await Promise.all([ann.openChat("Bob"), bob.openChat("Ann")]);
  await Promise.all([ann.reads("Hello Bob"), bob.reads("Hello Bob")]);
  return [ann, bob];
}

/** The row of the message with this text. */
const row = (screen: Screen, text: string): Locator => screen.messages.getByRole("article").filter({ hasText: text });

async function menu(screen: Screen, text: string, item: string): Promise<void> {
  await row(screen, text).getByText(text).click({ button: "right" });
  await screen.page.getByRole("menuitem", { name: item, exact: true }).click();
}

const toolbarButton = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("the toolbar beside the pointer answers, reacts and leads to the menu", async ({ open, server }) => {
  const [ann, bob] = await annAndBob(open, server.url);
  await row(bob, "Hello Bob").hover();
  await toolbarButton(bob.page, "Reply").click();
  await expect(bob.page.getByText("Reply to Ann")).toBeVisible();
  await expect(bob.composer).toBeFocused();
  await bob.say("Hello Ann");
  await expect(bob.page.getByText("Reply to Ann")).toBeHidden();

  await row(ann, "Hello Ann").hover();
  // It stands beside its message, and covers none.
  const toolbar = await toolbarButton(ann.page, "More").boundingBox();
  for (const each of await ann.messages.locator("[data-bubble]").all()) {
    const bubble = await each.boundingBox();
    const isApart =
      toolbar!.x >= bubble!.x + bubble!.width ||
      toolbar!.x + toolbar!.width <= bubble!.x ||
      toolbar!.y >= bubble!.y + bubble!.height ||
      toolbar!.y + toolbar!.height <= bubble!.y;
    expect(isApart, await each.innerText()).toBe(true);
  }
  await toolbarButton(ann.page, "React").click();
  await ann.page.getByRole("button", { name: "React with 🎉" }).click();
  await expect(row(bob, "Hello Ann").getByRole("list", { name: "Reactions" })).toContainText("🎉1");

  await row(ann, "Hello Ann").hover();
  await toolbarButton(ann.page, "More").click();
  await expect(ann.page.getByRole("menu", { name: "Message actions" })).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await expect(row(ann, "Hello Ann")).toBeFocused();
});

test("one's own text is edited and recalled, for both", async ({ open, server }) => {
  const [ann, bob] = await annAndBob(open, server.url);
  await row(ann, "Hello Bob").getByRole("button", { name: "Read", exact: true }).click();
  await expect(
    ann.page.getByRole("dialog", { name: "Who has read it" }).getByRole("link", { name: /Bob/ }),
  ).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await menu(ann, "Hello Bob", "Edit");
  await expect(ann.composer).toHaveValue("Hello Bob");
  await ann.composer.fill("Good morning Bob");
  await ann.composer.press("Enter");
  await expect(ann.composer).toHaveValue("");
  await bob.reads("Good morning Bob");
  await expect(row(bob, "Good morning Bob")).toContainText("edited");

  // What was begun waits while an older message is edited, and Esc brings it back.
  await ann.composer.fill("half a th");
  await menu(ann, "Good morning Bob", "Edit");
  await ann.composer.fill("no");
  await ann.page.keyboard.press("Escape");
  await expect(ann.composer).toHaveValue("half a th");
  await ann.composer.fill("");

  await ann.composer.press("ArrowUp");
  await expect(ann.composer).toHaveValue("Good morning Bob");
  await ann.page.keyboard.press("Escape");

  await menu(ann, "Good morning Bob", "Recall");
  await expect(bob.messages.getByText("Good morning Bob")).toHaveCount(0);
  await expect(bob.messages.getByText("Ann recalled a message")).toBeVisible();
  // Another's message is not one's own to edit or recall.
  await bob.say("What was it?");
  await row(ann, "What was it?").click({ button: "right" });
  await expect(ann.page.getByRole("menuitem", { name: "Reply", exact: true })).toBeVisible();
  await expect(ann.page.getByRole("menuitem", { name: /Edit|Recall/ })).toHaveCount(0);
});

test("an admin pins and recalls what another has written, for all", async ({ open, server }) => {
  const [anns, bobs, cid] = [
    await Person.register(server.url, "Ann"),
    await Person.register(server.url, "Bob"),
    await Person.register(server.url, "Cid"),
  ];
  const { groupId } = await cid.createGroup("Hikers", [anns, bobs]);
  await cid.rest("PATCH", `/api/v1/groups/${groupId}/members/${anns.userId}`, { role: ROLES.admin });
  const socket = await bobs.connect();
  await sendText(socket, { groupId }, "a wild claim");
  socket.close();
  const [ann, bob] = [await open(), await open()];
  await Promise.all([ann.enter(anns.username), bob.enter(bobs.username)]);
  await Promise.all([ann.openChat("Hikers"), bob.openChat("Hikers")]);

  await menu(ann, "a wild claim", "Pin");
  const pinned = bob.page.getByRole("complementary", { name: "Pinned message" });
  await expect(pinned).toContainText("a wild claim");
  // What is another's is asked for before.
  await menu(ann, "a wild claim", "Recall");
  const asked = ann.page.getByRole("alertdialog", { name: "Recall this message?" });
  await expect(asked).toContainText("what Bob said here");
  await asked.getByRole("button", { name: "Recall" }).click();
  await expect(bob.messages.getByText("a wild claim")).toHaveCount(0);
  await expect(bob.messages.getByText("Ann recalled a message")).toBeVisible();
  await expect(pinned).toHaveCount(0);
});

test("the keyboard alone reaches every message and its menu", async ({ open, server }) => {
  const [ann, bob] = await annAndBob(open, server.url);
  await ann.say("Second");
  await bob.reads("Second");
  await bob.messages.focus();
  await bob.page.keyboard.press("ArrowUp");
  await expect(row(bob, "Second")).toBeFocused();
  await bob.page.keyboard.press("ArrowUp");
  await expect(row(bob, "Hello Bob")).toBeFocused();
  await bob.page.keyboard.press("Enter");
  const items = bob.page.getByRole("menu", { name: "Message actions" });
  await expect(items).toBeVisible();
  await bob.page.keyboard.press("ArrowDown");
  await bob.page.keyboard.press("Enter");
  await expect(row(ann, "Hello Bob").getByRole("list", { name: "Reactions" })).toContainText("1");
  await expect(row(bob, "Hello Bob")).toBeFocused();
});

test("several messages are picked, counted and copied", async ({ open, server }) => {
  const [ann, bob] = await annAndBob(open, server.url, { permissions: ["clipboard-read", "clipboard-write"] });
  await bob.say("Hi Ann");
  await ann.reads("Hi Ann");
  await menu(ann, "Hello Bob", "Select several");
  const bar = ann.page.getByRole("toolbar");
  await expect(bar).toContainText("1 selected");
  await ann.messages.getByText("Hi Ann").click();
  await expect(bar).toContainText("2 selected");
  await expect(ann.messages.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await bar.getByRole("button", { name: "Copy text" }).click();
  await expect(ann.page.getByText("Copied")).toBeVisible();
  await expect(bar).toBeHidden();
  expect(await ann.page.evaluate("navigator.clipboard.readText()")).toBe("Ann\nHello Bob\n\nBob\nHi Ann");
});

test("an answer quotes what it answers and leads there, without a network too", async ({ open, server }) => {
  const bob = await open({ expectsNetworkTrouble: true });
  const [ann, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  await bob.enter(bobs.username);
  const anns = await ann.connect();
  const to = { userId: bobs.userId };
  const first = await sendText(anns, to, "the very first");
  for (let n = 1; n <= 60; n += 1) await sendText(anns, to, `filler ${n}`);
  const answer = (text: string, replyTo: number) =>
    anns.ok("message:send", { clientMessageId: randomUUID(), to, content: { kind: "text", text }, replyTo });
  const recalled = await sendText(anns, to, "a slip");
  await answer("sorry for that", recalled.seq);
  await anns.ok("message:recall", { conversationId: recalled.conversationId, seq: recalled.seq });
  await answer("do you remember?", first.seq);

  await bob.openChat("Ann");
  // Placed where the unread messages begin.
  await expect(bob.messages.getByText("filler 1", { exact: true })).toBeVisible();
  await bob.toEnd();
  await expect(row(bob, "sorry for that")).toContainText("Message recalled");
  const quote = row(bob, "do you remember?").getByRole("button", { name: "Reply to Ann: the very first" });
  await quote.click();
  const target = bob.messages.getByText("the very first", { exact: true });
  await expect(target).toBeInViewport();
  await expect(bob.messages.locator("[aria-current=location]")).toContainText("the very first");
  const toNewest = bob.page.getByRole("button", { name: bob.words.toNewest });
  await toNewest.click();
  await expect(quote).toBeInViewport();

  // What was being answered is kept with the draft, over another place and over a reload.
  await menu(bob, "do you remember?", "Reply");
  await bob.composer.fill("of course");
  await bob.page.reload();
  const answering = bob.page.getByText("Reply to Ann", { exact: true });
  await expect(answering).toBeVisible();
  await expect(bob.composer).toHaveValue("of course");
  await bob.page.getByRole("button", { name: "Cancel the reply" }).click();
  await bob.page.reload();
  await expect(bob.composer).toHaveValue("of course");
  await expect(answering).toBeHidden();
  await expect(quote).toBeInViewport();

  await bob.page.context().setOffline(true);
  await bob.connectionIs("offline");
  await quote.click();
  await expect(bob.messages.locator("[aria-current=location]")).toContainText("the very first");
  await menu(bob, "the very first", "Reply");
  await bob.composer.fill("I do");
  await bob.composer.press("Enter");
  await expect(bob.messages.getByRole("button", { name: "Reply to Ann: the very first" }).last()).toBeVisible();
  await bob.page.context().setOffline(false);
  expect(await anns.pushedText("I do")).toMatchObject({ message: { replyTo: first.seq } });
  anns.close();
});

test("a finger that rests on a message opens a sheet", async ({ open, server }) => {
  const bob = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const [ann, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  await bob.enter(bobs.username);
  const anns = await ann.connect();
  await sendText(anns, { userId: bobs.userId }, "rest here");
  await bob.chat("Ann").tap();
  await bob.reads("rest here");

  const sheet = bob.page.getByRole("dialog", { name: "Message actions" });
  await bob.hold(bob.messages.getByText("rest here"), sheet);
  await sheet.getByRole("button", { name: "React with 👍" }).tap();
  await expect(row(bob, "rest here").getByRole("list", { name: "Reactions" })).toContainText("👍1");
  // Pressed again, one's own goes.
  await row(bob, "rest here")
    .getByRole("button", { name: /^👍 1: You/ })
    .tap();
  await expect(row(bob, "rest here").getByRole("list", { name: "Reactions" })).toHaveCount(0);
  await bob.hold(bob.messages.getByText("rest here"), sheet);
  await sheet.getByRole("button", { name: "Reply", exact: true }).tap();
  await expect(bob.composer).toBeFocused();
  await expect(bob.page.getByText("Reply to Ann")).toBeVisible();
  anns.close();
});
