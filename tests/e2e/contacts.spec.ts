import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

/** Opens the card of somebody who is found by name. */
async function openCard({ page, words }: Screen, query: string, displayName: string): Promise<void> {
  await page.goto("/contacts");
  await page.getByRole("searchbox", { name: words.findPeople }).fill(query);
  await page.getByRole("region", { name: words.results }).getByRole("link", { name: displayName }).click();
  await expect(page.getByRole("button", { name: words.sendMessage })).toBeVisible();
}

test("two people become contacts, at a desk and on a phone, and part again", async ({ open }) => {
  const ann = await open();
  const bob = await open(PHONE);
  const [annsName, bobsName] = [uniqueName("ann"), uniqueName("bob")];
  await ann.register(annsName, "Ann");
  await bob.register(bobsName, "张小明");

  // Ann applies with a greeting, by the keyboard.
  await openCard(ann, bobsName, "张小明");
  await ann.page.getByRole("button", { name: english.addContact }).press("Enter");
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel(english.greeting).fill("Ann here, from the hike");
  await dialog.getByLabel(english.greeting).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(ann.page.getByText(english.applied)).toBeVisible();
  await expect(ann.page.getByRole("button", { name: english.addContact })).toHaveCount(0);

  // It shows on Bob's tab, and is accepted in place.
  await expect(bob.page.getByRole("navigation").getByText(chinese.applications(1))).toBeAttached();
  await bob.goTo("contacts");
  await bob.page.getByRole("link", { name: chinese.newFriends }).tap();
  await expect(bob.page.getByText("Ann here, from the hike")).toBeVisible();
  await look(bob.page, "contacts-requests");
  await bob.page.getByRole("button", { name: chinese.accept }).tap();
  await expect(bob.page.getByRole("button", { name: chinese.accept })).toHaveCount(0);
  await bob.page.getByRole("link", { name: chinese.back }).tap();
  await expect(bob.contactsUnder("A").getByRole("link", { name: "Ann" })).toBeVisible();
  await look(bob.page, "contacts-contacts");

  // An alias and a star show at once; the alias comes first everywhere.
  await ann.page.getByRole("button", { name: english.setAlias }).click();
  await dialog.getByLabel(english.alias).fill("Xiao Ming");
  await dialog.getByRole("button", { name: english.save }).click();
  await expect(dialog).toBeHidden();
  await ann.page.getByRole("button", { name: english.favourite }).click();
  await ann.page.getByRole("searchbox", { name: english.findPeople }).fill("");
  await expect(ann.contactsUnder(english.favourites).getByRole("link", { name: "Xiao Ming" })).toBeVisible();
  await expect(ann.contactsUnder("X").getByRole("link", { name: "Xiao Ming" })).toBeVisible();
  await look(ann.page, "contacts-card");
  await ann.page.getByRole("button", { name: english.sendMessage }).click();
  await ann.say("Hello");
  await ann.goTo("chats");
  await expect(ann.chat("Xiao Ming")).toBeVisible();

  // Contacts are there without a network, from the device.
  await ann.page.reload();
  await ann.goTo("contacts");
  await expect(ann.contactsUnder("X").getByRole("link", { name: "Xiao Ming" })).toBeVisible();

  // Letters and the ends of the list are a key away.
  await ann.page.getByRole("link", { name: english.newFriends }).press("x");
  const listed = ann.contactsUnder("X").getByRole("link", { name: "Xiao Ming" });
  await expect(listed).toBeFocused();
  await listed.press("Home");
  await expect(ann.page.getByRole("link", { name: english.newFriends })).toBeFocused();
  await ann.page.keyboard.press("End");
  await expect(listed).toBeFocused();

  // Bob removes Ann; she vanishes on both sides.
  await bob.contactsUnder("A").getByRole("link", { name: "Ann" }).tap();
  await bob.page.getByRole("button", { name: chinese.removeContact }).tap();
  await bob.page.getByRole("alertdialog").getByRole("button", { name: chinese.removeContact }).tap();
  await expect(bob.page.getByRole("alertdialog")).toBeHidden();
  await expect(bob.page.getByRole("button", { name: chinese.addContact })).toBeVisible();
  await expect(ann.contactsUnder("X")).toHaveCount(0);
  const overflow = await bob.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBe(0);
});

test("somebody who is blocked is told why under the message, until the block ends in the settings", async ({
  open,
  server,
}) => {
  const ann = await open();
  const [anns, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  await ann.enter(anns.username);
  await ann.openChatWith(bob.username, "Bob");
  await ann.say("first");
  await ann.reads("first");
  const bobs = await bob.connect();
  await bob.rest("POST", "/api/v1/blocks", { userId: anns.userId });
  await ann.say("second");
  await expect(ann.messages.getByText(english.blockedReason)).toBeVisible();
  await bob.rest("DELETE", `/api/v1/blocks/${anns.userId}`);
  await ann.messages.getByRole("button", { name: english.resend }).click();
  await expect(ann.messages.getByText(english.blockedReason)).toHaveCount(0);

  // And Ann blocks Bob, and lets him again.
  await openCard(ann, bob.username, "Bob");
  await ann.page.getByRole("button", { name: english.block }).click();
  await ann.page.getByRole("alertdialog").getByRole("button", { name: english.block }).click();
  await expect(ann.page.getByText(english.blockedNote)).toBeVisible();
  // It shows at once, and the server learns of it a moment later.
  const blocks = async () =>
    (await anns.rest<{ contacts: { userId: string }[] }>("GET", "/api/v1/blocks")).contacts.map(({ userId }) => userId);
  await expect.poll(blocks).toEqual([bob.userId]);
  await expect(sendText(bobs, { userId: anns.userId }, "hello?")).rejects.toThrow("BLOCKED");
  await ann.page.goto("/settings/blocked");
  await expect(ann.page.getByRole("region").getByText("Bob")).toBeVisible();
  await ann.page.getByRole("button", { name: english.unblock }).click();
  await expect(ann.page.getByRole("button", { name: english.unblock })).toHaveCount(0);
  await expect.poll(blocks).toEqual([]);
  await sendText(bobs, { userId: anns.userId }, "thank you");
  bobs.close();
});

test("the card of somebody who blocks one is that of a stranger", async ({ open, server }) => {
  const [anns, bob, cid] = await Promise.all(["Ann", "Sam", "Sam"].map((name) => Person.register(server.url, name)));
  const sockets = await Promise.all([bob!.connect(), cid!.connect()]);
  await bob!.rest("POST", "/api/v1/blocks", { userId: anns!.userId });
  const ann = await open({ words: chinese });
  await ann.enter(anns!.username);
  const card = async (of: Person) => {
    await ann.page.goto(`/u/${of.userId}`);
    await expect(ann.page.getByText(`@${of.username}`)).toBeVisible();
    await ann.page.getByRole("button", { name: chinese.addContact }).click();
    await ann.page.getByRole("dialog").getByRole("button", { name: "发送" }).click();
    await expect(ann.page.getByText(chinese.applied)).toBeVisible();
    await expect(ann.page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
    return (await ann.page.getByRole("main").innerText()).replaceAll(of.username, "…");
  };
  expect(await card(bob!)).toBe(await card(cid!));
  for (const socket of sockets) socket.close();
});
