import { expect } from "@playwright/test";
import sharp from "sharp";
import { PASSWORD, Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** Makes two people contacts of each other. */
async function befriend(a: Person, b: Person): Promise<void> {
  const made = await a.rest<{ applicationId: string }>("POST", "/api/v1/applications", {
    type: "friend",
    target: b.userId,
    description: "",
  });
  await b.rest("POST", `/api/v1/applications/${made.applicationId}/accept`);
}

test("what is changed of contacts without a network shows at once, and is everywhere afterwards", async ({
  open,
  server,
}) => {
  const ann = await open({ expectsNetworkTrouble: true });
  const [anns, bob, cid] = [
    await Person.register(server.url, "Ann"),
    await Person.register(server.url, "Bob"),
    await Person.register(server.url, "Cid"),
  ];
  await befriend(anns, bob);
  await befriend(anns, cid);
  await ann.enter(anns.username);
  await ann.goTo("contacts");
  await ann.contactsUnder("B").getByRole("link", { name: "Bob" }).click();
  await expect(ann.page.getByRole("button", { name: english.setAlias })).toBeVisible();

  await ann.page.context().setOffline(true);
  await ann.connectionIs("offline");
  await ann.page.getByRole("button", { name: english.setAlias }).click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel(english.alias).fill("Xiao Bo");
  await dialog.getByRole("button", { name: english.save }).click();
  await expect(dialog).toBeHidden();
  await ann.page.getByRole("button", { name: english.favourite }).click();
  await expect(ann.contactsUnder(english.favourites).getByRole("link", { name: "Xiao Bo" })).toBeVisible();
  await ann.contactsUnder("C").getByRole("link", { name: "Cid" }).click();
  await ann.page.getByRole("button", { name: english.block }).click();
  await ann.page.getByRole("alertdialog").getByRole("button", { name: english.block }).click();
  await expect(ann.page.getByText(english.blockedNote)).toBeVisible();
  await look(ann.page, "people-offline");

  // One of them has parted meanwhile, and what was to be changed of him is undone, with the reason.
  await bob.rest("DELETE", `/api/v1/contacts/${anns.userId}`);
  await ann.page.context().setOffline(false);
  await ann.isOnline();
  const told = ann.page.getByRole("alert").getByText(/The alias of Bob was not changed/);
  await expect(told).toBeVisible();
  await expect(ann.contactsUnder("X")).toHaveCount(0);
  await look(ann.page, "people-refused");
  await ann.page.getByRole("button", { name: "Close" }).first().click();
  await expect(told).toHaveCount(0);
  const blocks = await anns.rest<{ contacts: { userId: string }[] }>("GET", "/api/v1/blocks");
  expect(blocks.contacts.map(({ userId }) => userId)).toEqual([cid.userId]);
});

test("an alias names somebody in a group, and stays one's own", async ({ open, server }) => {
  const [anns, bob, cid] = [
    await Person.register(server.url, "Ann"),
    await Person.register(server.url, "Bob"),
    await Person.register(server.url, "Cid"),
  ];
  await befriend(anns, bob);
  await anns.rest("PATCH", `/api/v1/contacts/${bob.userId}`, { alias: "老王" });
  const { groupId } = await anns.createGroup("Hikers", [bob, cid]);
  const bobs = await bob.connect();
  await sendText(bobs, { groupId }, "hello");
  bobs.close();
  const ann = await open({ words: chinese, expectsNetworkTrouble: true });
  await ann.enter(anns.username);
  await ann.openChat("Hikers");
  await expect(ann.messages.getByText("老王", { exact: true }).last()).toBeVisible();
  await ann.composer.pressSequentially("hi @laowang");
  await expect(ann.page.getByRole("listbox").getByRole("option")).toHaveText([/老王/]);
  await look(ann.page, "people-mention");
  await ann.page.keyboard.press("Enter");
  // What others read is the name that everybody knows.
  await expect(ann.composer).toHaveValue("hi @Bob ");
  await ann.composer.press("Enter");
  await expect(ann.messages.locator("[data-mention]")).toHaveText("@Bob");
  await ann.page.getByRole("button", { name: chinese.groupDetails }).click();
  await expect(ann.page.getByRole("link", { name: /老王 @/ })).toBeVisible();
  await look(ann.page, "people-members");
  await ann.page.goto("/groups/new");
  await expect(ann.page.getByRole("checkbox", { name: /老王/ })).toBeAttached();
  await look(ann.page, "people-picker");

  // It finds them by the pinyin of the alias, which the server does not know, without asking it; and so do the contacts.
  await ann.page.context().setOffline(true);
  await ann.page.getByRole("searchbox", { name: chinese.findPeople }).fill("laow");
  const results = ann.page.getByRole("region", { name: chinese.results });
  await expect(results.getByRole("checkbox", { name: /老王/ })).toBeAttached();
  await expect(results.getByText("只查找了你认识的人", { exact: false })).toBeVisible();
  await look(ann.page, "people-picker-offline");
  await ann.goTo("contacts");
  await expect(ann.page).toHaveURL(/\/contacts$/);
  await expect(ann.page.getByRole("checkbox")).toHaveCount(0);
  await ann.page.getByRole("searchbox", { name: chinese.findPeople }).fill("lw");
  await expect(results.getByRole("link", { name: /老王/ })).toBeVisible();
});

test("a group's picture that cannot be loaded gives way to its members' faces, as after a reload", async ({
  open,
  server,
}) => {
  const [anns, bob, cid] = [
    await Person.register(server.url, "Ann"),
    await Person.register(server.url, "Bob"),
    await Person.register(server.url, "Cid"),
  ];
  await anns.createGroup("Hikers", [bob, cid]);
  const ann = await open({ expectsNetworkTrouble: true });
  await ann.enter(anns.username);
  // The letters of three people, not those of the group's name.
  const faces = ann.chat("Hikers").locator("svg text");
  await expect(faces).toHaveText([/[ABC]/, /[ABC]/, /[ABC]/]);
  await ann.page.reload();
  await expect(faces).toHaveText([/[ABC]/, /[ABC]/, /[ABC]/]);

  const picture = ann.chat("Hikers").locator("img");
  await ann.openChat("Hikers");
  await ann.page.getByRole("button", { name: english.groupDetails }).click();
  const buffer = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#2a7" } })
    .png()
    .toBuffer();
  const details = ann.page.getByRole("complementary", { name: english.groupDetails });
  await details.locator("input[type=file]").setInputFiles({ name: "us.png", mimeType: "image/png", buffer });
  await ann.page.getByRole("dialog").getByRole("button", { name: "Use" }).click();
  await expect(picture).toBeVisible();
  await ann.page.route("**/api/v1/portraits/**", (route) => route.abort());
  await ann.page.reload();
  await expect(faces).toHaveText([/[ABC]/, /[ABC]/, /[ABC]/]);
  await look(ann.page, "people-faces");
});

test("an account that was deleted is called so, and can be read and not written to", async ({ open, server }) => {
  const [anns, bob] = [await Person.register(server.url, "Ann"), await Person.register(server.url, "Bob")];
  const bobs = await bob.connect();
  await sendText(bobs, { userId: anns.userId }, "remember me");
  bobs.close();
  const ann = await open();
  await ann.enter(anns.username);
  await ann.openChat("Bob");
  await expect(ann.composer).toBeVisible();
  await bob.rest("POST", "/api/v1/me/delete", { password: PASSWORD });
  await expect(ann.page.getByText("This person has deleted their account.", { exact: false })).toBeVisible();
  await expect(ann.composer).toHaveCount(0);
  await ann.reads("remember me");
  await expect(ann.chat("Deleted account")).toBeVisible();
  await look(ann.page, "people-desktop");

  const phone = await open({ ...PHONE, words: chinese, colorScheme: "dark" });
  await phone.enter(anns.username);
  await phone.openChat("已注销的用户");
  await expect(phone.page.getByText("对方已注销账号", { exact: false })).toBeVisible();
  await look(phone.page, "people-phone");
  await phone.page.goto(`/u/${bob.userId}`);
  await expect(phone.page.getByText("对方已注销账号", { exact: true })).toBeVisible();
  await look(phone.page, "people-card");
});

test("a portrait is chosen while registering, and registering does not depend on it", async ({ open }) => {
  const buffer = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#2a7" } })
    .jpeg()
    .toBuffer();
  const begin = async (screen: Screen, name: string) => {
    const { page, words } = screen;
    await page.goto("/register");
    await page.getByLabel(words.username).fill(uniqueName(name));
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: words.next }).click();
    await page.getByLabel(words.displayName).fill(name);
    await page.locator("input[type=file]").setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer });
  };
  const ann = await open({ ...PHONE, words: chinese });
  await begin(ann, "ann");
  await ann.page.getByRole("dialog").getByRole("button", { name: "使用" }).click();
  await expect(ann.page.getByRole("img", { name: "头像" })).toBeVisible();
  await look(ann.page, "people-chosen");
  await ann.page.getByRole("button", { name: chinese.createAccount }).click();
  await ann.isOnline();
  await ann.page.goto("/settings/profile");
  await expect(ann.page.getByRole("main").locator("img")).toHaveAttribute("src", /^\/api\/v1\/portraits\//);

  const bob = await open({ expectsNetworkTrouble: true });
  await bob.page.route("**/api/v1/me/avatar", (route) => route.abort());
  await begin(bob, "bob");
  await bob.page.getByRole("dialog").getByRole("button", { name: "Use" }).click();
  await bob.page.getByRole("button", { name: english.createAccount }).click();
  await expect(bob.page.getByText("the portrait was not taken", { exact: false })).toBeVisible();
  await look(bob.page, "people-failed");
});
