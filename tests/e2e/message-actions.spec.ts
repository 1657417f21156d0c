import { type Locator, type Page, expect } from "@playwright/test";
import { test, uniqueName } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import type { ScreenOptions } from "./fixtures.ts";

type Open = (options?: ScreenOptions) => Promise<Screen>;

/** Ann and Bob in their chat with each other, each in front of it. */
async function annAndBob(open: Open, options: ScreenOptions = {}): Promise<[Screen, Screen]> {
  const [ann, bob] = [await open(options), await open()];
  const bobsName = uniqueName("bob");
  await ann.register(uniqueName("ann"), "Ann");
  await bob.register(bobsName, "Bob");
  await ann.openChatWith(bobsName, "Bob");
  await ann.say("Hello Bob");
  await bob.openChat("Ann");
  await bob.reads("Hello Bob");
  return [ann, bob];
}

/** The row of the message with this text. */
const row = (screen: Screen, text: string): Locator => screen.messages.getByRole("article").filter({ hasText: text });

async function menu(screen: Screen, text: string, item: string): Promise<void> {
  await row(screen, text).getByText(text).click({ button: "right" });
  await screen.page.getByRole("menuitem", { name: item, exact: true }).click();
}

const toolbarButton = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("the toolbar beside the pointer answers, reacts and leads to the menu", async ({ open }) => {
  const [ann, bob] = await annAndBob(open);
  await row(bob, "Hello Bob").hover();
  await toolbarButton(bob.page, "Reply").click();
  await expect(bob.page.getByText("Reply to Ann")).toBeVisible();
  await expect(bob.composer).toBeFocused();
  await bob.say("Hello Ann");
  await expect(bob.page.getByText("Reply to Ann")).toBeHidden();

  await row(ann, "Hello Ann").hover();
  await toolbarButton(ann.page, "React").click();
  await ann.page.getByRole("button", { name: "React with 🎉" }).click();
  await expect(row(bob, "Hello Ann").getByRole("list", { name: "Reactions" })).toContainText("🎉1");

  await row(ann, "Hello Ann").hover();
  await toolbarButton(ann.page, "More").click();
  await expect(ann.page.getByRole("menu", { name: "Message actions" })).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await expect(row(ann, "Hello Ann")).toBeFocused();
});

test("one's own text is edited and recalled, for both", async ({ open }) => {
  const [ann, bob] = await annAndBob(open);
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

test("the keyboard alone reaches every message and its menu", async ({ open }) => {
  const [ann, bob] = await annAndBob(open);
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

test("several messages are picked, counted and copied", async ({ open }) => {
  const [ann, bob] = await annAndBob(open, { permissions: ["clipboard-read", "clipboard-write"] });
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
