import { expect } from "@playwright/test";
import { PASSWORD } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { chinese, english } from "./words.ts";

test("who gives a wrong password is told so, and gets in with the right one by name or phone", async ({ open }) => {
  // The browser reports each refused call; that is the point here.
  const ann = await open({ expectsNetworkTrouble: true });
  const username = uniqueName("ann");
  const phone = `+86 139 ${String(Date.now()).slice(-8)}`;
  await ann.register(username, "Ann", phone);
  await ann.goTo("me");
  await ann.page.getByRole("button", { name: english.logOut }).click();
  await ann.page.getByRole("alertdialog").getByRole("button", { name: english.logOut }).click();
  await expect(ann.page).toHaveURL(/\/login/);

  await ann.logIn(username, "wrong password");
  await expect(ann.page.getByText(english.wrongCredentials)).toBeVisible();
  await ann.logIn(username.toUpperCase());
  await ann.isOnline();

  const phoneToo = await open();
  await phoneToo.page.goto("/login");
  await phoneToo.logIn(phone);
  await phoneToo.isOnline();
});

test("a taken name is said at the field, and what was filled in stays", async ({ open }) => {
  const first = await open();
  const username = uniqueName("taken");
  await first.register(username, "First");

  const { page, words } = await open({ words: chinese, expectsNetworkTrouble: true });
  await page.goto("/register");
  await page.getByLabel(words.username).fill(username);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: words.next }).click();
  await page.getByLabel(words.displayName).fill("第二");
  await page.getByRole("button", { name: words.createAccount }).click();
  await expect(page.getByText(words.nameTaken)).toBeVisible();
  await expect(page.getByLabel(words.username)).toHaveValue(username);
});

test("an address leads back to itself after signing in, and an unknown one says so", async ({ open }) => {
  const ann = await open();
  const username = uniqueName("ann");
  await ann.register(username, "Ann");

  const other = await open();
  await other.page.goto("/groups/new");
  await expect(other.page).toHaveURL(/\/login/);
  await other.logIn(username);
  await expect(other.page).toHaveURL(/\/groups\/new$/);
  await other.page.goto("/no/such/page");
  await expect(other.page.getByRole("heading", { name: english.notFound })).toBeAttached();
});

test("the language changes at once and stays", async ({ open }) => {
  const ann = await open();
  await ann.register(uniqueName("ann"), "Ann");
  await ann.openSettings("general");
  await ann.page.getByRole("radiogroup", { name: english.language }).getByText("中文").click();
  await expect(ann.page.getByRole("heading", { level: 1, name: chinese.me })).toBeVisible();
  await expect(ann.page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await ann.page.reload();
  await expect(ann.page.getByRole("navigation").getByRole("link", { name: chinese.contacts })).toBeVisible();
  await expect(ann.page).toHaveTitle(chinese.appName);
});

test("logging in again on the same device elsewhere does not disturb another device", async ({ open }) => {
  const one = await open();
  const username = uniqueName("ann");
  await one.register(username, "Ann");
  const two = await open();
  await two.page.goto("/login");
  await two.logIn(username);
  await two.isOnline();
  await one.goTo("contacts");
  await one.isOnline();
});
