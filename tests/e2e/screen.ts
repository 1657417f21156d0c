import { type Locator, type Page, expect } from "@playwright/test";
import { PASSWORD } from "../support/people.ts";
import type { Words } from "./words.ts";

/** What somebody in front of the app can do and see; everything is found by its role and its name. */
export class Screen {
  readonly page: Page;
  readonly words: Words;

  constructor(page: Page, words: Words) {
    this.page = page;
    this.words = words;
  }

  /** Makes an account in the two steps, and ends on the empty chat list. */
  async register(username: string, displayName: string, phone?: string): Promise<void> {
    const { page, words } = this;
    await page.goto("/register");
    await page.getByLabel(words.username).fill(username);
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: words.next }).click();
    await page.getByLabel(words.displayName).fill(displayName);
    if (phone !== undefined) await page.getByLabel(words.phone).fill(phone);
    await page.getByRole("button", { name: words.createAccount }).click();
    await this.isOnline();
  }

  async logIn(usernameOrPhone: string, password = PASSWORD): Promise<void> {
    const { page, words } = this;
    await page.getByLabel(words.usernameOrPhone).fill(usernameOrPhone);
    await page.getByLabel(words.password, { exact: true }).fill(password);
    await page.getByRole("button", { name: words.logIn, exact: true }).click();
  }

  /** Opens the app as somebody whose account was made without it, and ends on the chat list. */
  async enter(username: string): Promise<void> {
    await this.page.goto("/login");
    await this.logIn(username);
    await this.isOnline();
  }

  /** Waits until the connection is said to be in this state. */
  async connectionIs(state: "connected" | "offline"): Promise<void> {
    await expect(this.page.getByRole("status").filter({ hasText: this.words[state] })).toBeAttached();
  }

  isOnline(): Promise<void> {
    return this.connectionIs("connected");
  }

  /** Goes to a place by the rail or the tabs. */
  async goTo(place: "chats" | "contacts" | "me"): Promise<void> {
    await this.page.getByRole("navigation").getByRole("link", { name: this.words[place] }).click();
  }

  /** Opens a page of the settings. */
  async openSettings(section: "profile" | "privacy" | "general"): Promise<void> {
    const { page, words } = this;
    await this.goTo("me");
    await page.getByRole("list", { name: words.settings }).getByRole("link", { name: words[section] }).click();
    await expect(page.getByRole("heading", { level: 1, name: words[section] })).toBeVisible();
  }

  /** Looks somebody up by name and opens the chat with them. */
  async openChatWith(query: string, displayName: string): Promise<void> {
    const { page, words } = this;
    await this.goTo("contacts");
    await page.getByRole("searchbox", { name: words.findPeople }).fill(query);
    await page.getByRole("region", { name: words.results }).getByRole("link", { name: displayName }).click();
    await page.getByRole("button", { name: words.sendMessage }).click();
    // The card that one comes from has the same heading.
    await expect(page).toHaveURL(/\/c\//);
    await expect(page.getByRole("heading", { level: 1, name: displayName })).toBeVisible();
  }

  /** The lines under a heading of the contacts: one list, of which only the lines in view exist. */
  contactsUnder(heading: string): Locator {
    const under = `preceding-sibling::li[.//h2][1][normalize-space(.)="${heading}"]`;
    return this.page.locator(`xpath=//li[not(.//h2)][${under}]`);
  }

  /** The list of chats: beside the conversation, or on a phone all there is. */
  get list(): Locator {
    const name = this.words.conversations;
    return this.page.getByRole("region", { name }).or(this.page.getByRole("main", { name }));
  }

  /** A row of the chat list, by the name of the chat. */
  chat(name: string): Locator {
    return this.list.getByRole("link", { name });
  }

  async openChat(name: string): Promise<void> {
    await this.chat(name).click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  get messages(): Locator {
    return this.page.getByRole("region", { name: this.words.messages, exact: true });
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: this.words.composer, exact: true });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
    await expect(this.composer).toHaveValue("");
  }

  /** Rests a finger on something until `opened` is there, and lifts it again. */
  async hold(target: Locator, opened: Locator): Promise<void> {
    const box = await boxAtRest(target);
    const touchPoints = [{ x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 }];
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await expect(opened).toBeVisible();
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await session.detach();
  }

  /** Pushes something sideways with a finger, by so many pixels: below 0 to the left. */
  async swipe(target: Locator, by: number): Promise<void> {
    const box = await boxAtRest(target);
    const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
    const x = (box?.x ?? 0) + (box?.width ?? 0) / 2 - by / 2;
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    const steps = 8;
    for (let step = 1; step <= steps; step += 1) {
      await session.send("Input.dispatchTouchEvent", {
        type: "touchMove",
        touchPoints: [{ x: x + (by * step) / steps, y }],
      });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await session.detach();
  }

  /** Waits until this text stands among the messages, exactly once. */
  async reads(text: string): Promise<void> {
    await expect(this.messages.getByText(text, { exact: true })).toHaveCount(1);
  }

  /** Those of `texts` that stand among the messages, in the order of the screen. */
  async order(texts: readonly string[]): Promise<string[]> {
    const lines = (await this.messages.innerText()).split("\n").map((line) => line.trim());
    return lines.filter((line) => texts.includes(line));
  }

  /** Scrolls to the newest message. */
  async toEnd(): Promise<void> {
    await expect(async () => {
      await this.messages.press("End");
      const left = await this.messages.evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
      expect(left).toBeLessThan(2);
      // The end of what is loaded is not yet the newest: then the way there is still offered.
      expect(await this.page.getByRole("button", { name: this.words.toNewest }).count()).toBe(0);
    }).toPass();
  }

  /** Scrolls from the end up to `first`, and gives those of `texts` that came by, in the order of the conversation. */
  async scrollThrough(first: string, texts: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    await this.toEnd();
    await this.messages.hover();
    await expect(async () => {
      const onScreen = await this.order(texts);
      // What is on the screen now stands before what was there earlier; the rows between are in both.
      found.unshift(...onScreen.filter((text) => !found.includes(text)));
      await this.page.mouse.wheel(0, -200);
      await expect(this.messages.getByText(first, { exact: true })).toBeInViewport({ timeout: 50 });
    }).toPass({ timeout: 60_000 });
    found.unshift(...(await this.order(texts)).filter((text) => !found.includes(text)));
    return found;
  }

  /** Creates a group with these people by the page for it, and ends in its chat. */
  async createGroup(name: string, members: readonly { query: string; displayName: string }[]): Promise<void> {
    const { page, words } = this;
    await page.goto("/groups/new");
    await page.getByLabel(words.groupName).fill(name);
    for (const { query, displayName } of members) {
      await page.getByRole("searchbox", { name: words.findPeople }).fill(query);
      const results = page.getByRole("region", { name: words.results });
      await results.getByRole("listitem").filter({ hasText: displayName }).click();
      await expect(results.getByRole("checkbox", { name: displayName })).toBeChecked();
    }
    await page.getByRole("button", { name: words.create, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
}

/** Where something is once it has come into view and nothing moves it any more: a finger goes where one has looked. */
async function boxAtRest(target: Locator): Promise<{ x: number; y: number; width: number; height: number } | null> {
  await target.scrollIntoViewIfNeeded();
  let before = "";
  const isAtRest = async () => {
    const now = JSON.stringify(await target.boundingBox());
    const isSame = now === before;
    before = now;
    return isSame;
  };
  await expect.poll(isAtRest, { intervals: [100] }).toBe(true);
  return target.boundingBox();
}
