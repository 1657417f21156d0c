import { expect } from "@playwright/test";
import { test, uniqueName } from "./fixtures.ts";
import { keepsNobodyOut, look } from "./look.ts";
import { type Sample, makeSample } from "./sample-data.ts";
import type { Screen } from "./screen.ts";
import { smallTargets } from "./targets.ts";
import { chinese, english } from "./words.ts";

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const;

/** Pages that are looked at as they open. */
const MORE_PAGES = [
  "/starred",
  "/contacts/requests",
  "/notices",
  "/settings/security",
  "/settings/devices",
  "/settings/data",
  "/settings/blocked",
] as const;

/** Looks at the page as it is, for what keeps people out, and for what is hard to hit. */
async function inspect({ page }: Screen, appearance: string, name: string): Promise<void> {
  await look(page, `${appearance}-${name}`);
  await keepsNobodyOut(page, `${name}, ${appearance}`);
  expect.soft(await smallTargets(page), `targets of ${name}, ${appearance}`).toEqual([]);
}

/** The pages that anyone sees. */
async function inspectSignIn(screen: Screen, appearance: string): Promise<void> {
  const { page, words } = screen;
  await page.goto("/login");
  await expect(page.getByLabel(words.usernameOrPhone)).toBeVisible();
  await inspect(screen, appearance, "01-login");
  await page.goto("/register");
  await page.getByLabel(words.username).fill(uniqueName("appearance"));
  await page.getByLabel(words.password, { exact: true }).fill("12345678");
  await inspect(screen, appearance, "02-register-account");
  await page.getByRole("button", { name: words.next }).click();
  await expect(page.getByLabel(words.displayName)).toBeVisible();
  await inspect(screen, appearance, "03-register-profile");
  await page.getByLabel(words.displayName).fill("林夕");
  await page.getByRole("button", { name: words.createAccount }).click();
  await screen.isOnline();
  await expect(page.getByText(words.noChats)).toBeVisible();
  await inspect(screen, appearance, "04-no-chats");
}

/** The pages of somebody signed in, with chats. */
async function inspectChats(screen: Screen, appearance: string, sample: Sample): Promise<void> {
  const { page, words } = screen;
  await page.goto("/login");
  await screen.logIn(sample.me.username);
  await screen.isOnline();
  await expect(screen.chat(sample.groupName)).toBeVisible();
  await expect(page.getByText(words.unread(121)).first()).toBeAttached();
  await inspect(screen, appearance, "05-chats");
  await screen.openChat(sample.direct);
  await screen.reads("🎉🎉🎉");
  await inspect(screen, appearance, "06-direct");
  await page.getByRole("button", { name: words.chatDetails, exact: true }).last().click();
  await expect(page.getByRole("button", { name: words.block, exact: true })).toBeVisible();
  await inspect(screen, appearance, "06-direct-details");
  await page.goto(`/c/${sample.group.conversationId}`);
  await screen.reads("👍");
  await inspect(screen, appearance, "07-group");
  await page.getByRole("button", { name: words.groupDetails, exact: true }).last().click();
  await expect(page.getByText(sample.direct, { exact: true }).last()).toBeVisible();
  await inspect(screen, appearance, "08-group-details");
  await page.goto("/contacts");
  await page.getByRole("searchbox", { name: words.findPeople }).fill("王");
  await expect(page.getByRole("region", { name: words.results })).toBeVisible();
  await inspect(screen, appearance, "09-contacts");
  await page.goto(`/u/${sample.friendId}`);
  await expect(page.getByRole("button", { name: words.sendMessage })).toBeVisible();
  await inspect(screen, appearance, "10-person");
  await page.goto("/groups/new");
  await expect(page.getByLabel(words.groupName)).toBeVisible();
  await inspect(screen, appearance, "11-new-group");
  await page.goto("/settings");
  await expect(page.getByRole("list", { name: words.settings })).toBeVisible();
  await inspect(screen, appearance, "12-settings");
  for (const section of ["profile", "privacy", "general"] as const) {
    await page.goto(`/settings/${section}`);
    await expect(page.getByRole("heading", { level: 1, name: words[section] })).toBeVisible();
    await inspect(screen, appearance, `12-settings-${section}`);
  }
  for (const path of MORE_PAGES) {
    await page.goto(path);
    await screen.isOnline();
    await expect(page.getByRole("heading", { level: 1 }).last()).toBeAttached();
    await inspect(screen, appearance, `14${path.replaceAll("/", "-")}`);
  }
  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { name: words.notFound })).toBeAttached();
  await inspect(screen, appearance, "13-not-found");
}

/** Every two of language, size and colours meet once. */
const LOOKS = [
  { words: chinese, size: "desktop", colorScheme: "light" },
  { words: chinese, size: "phone", colorScheme: "dark" },
  { words: english, size: "desktop", colorScheme: "dark" },
  { words: english, size: "phone", colorScheme: "light" },
] as const;

for (const { words, size, colorScheme } of LOOKS) {
  test(`every page, ${words.locale}, ${size}, ${colorScheme}`, async ({ open, server }) => {
    // More than twenty pages.
    test.slow();
    const appearance = `${words.locale}-${size}-${colorScheme}`;
    const options = { words, colorScheme, ...SIZES[size] };
    await inspectSignIn(await open(options), appearance);
    await inspectChats(await open(options), appearance, await makeSample(server.url));
  });
}
