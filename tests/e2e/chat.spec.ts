import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

/** Registers somebody by the screen and gives the username. */
async function join(screen: Screen, displayName: string): Promise<string> {
  const username = uniqueName(displayName.toLowerCase());
  await screen.register(username, displayName);
  await expect(screen.page.getByText(screen.words.noChats)).toBeVisible();
  return username;
}

for (const words of [chinese, english]) {
  test(`two people register and chat (${words.locale})`, async ({ open }) => {
    const [ann, bob] = [await open({ words }), await open({ words })];
    await join(ann, "Ann");
    const bobsName = await join(bob, "Bob");

    await ann.openChatWith(bobsName, "Bob");
    await ann.say("Hello 你好 👋");
    await ann.reads("Hello 你好 👋");

    await expect(bob.chat("Ann")).toContainText(words.unread(1));
    await expect(bob.page).toHaveTitle(`(1) ${words.appName}`);
    await bob.openChat("Ann");
    await bob.reads("Hello 你好 👋");
    await expect(bob.page).toHaveTitle(words.appName);
    await expect(ann.messages.getByText(words.read, { exact: true })).toHaveCount(1);

    await bob.say("Hi Ann");
    await ann.reads("Hi Ann");
    await bob.say("two\nlines");
    await expect(ann.messages.getByText("two\nlines")).toBeVisible();
    expect(await ann.order(["Hello 你好 👋", "Hi Ann"])).toEqual(["Hello 你好 👋", "Hi Ann"]);
  });
}

test("three people chat in a group", async ({ open }) => {
  const [ann, bob, cid] = [await open(), await open({ words: chinese }), await open()];
  await join(ann, "Ann");
  const bobsName = await join(bob, "小明");
  const cidsName = await join(cid, "Cid");

  await ann.createGroup("Weekend 周末", [
    { query: bobsName, displayName: "小明" },
    { query: cidsName, displayName: "Cid" },
  ]);
  await expect(ann.messages.getByText(/created the group “Weekend 周末” with/)).toBeVisible();
  await ann.say("Who is in?");
  for (const other of [bob, cid]) {
    await other.openChat("Weekend 周末");
    await other.reads("Who is in?");
  }
  await bob.say("我来");
  await cid.say("Me too");
  const all = ["Who is in?", "我来", "Me too"];
  for (const screen of [ann, bob, cid]) {
    for (const text of all) await screen.reads(text);
  }
  expect(await bob.order(all)).toEqual(await ann.order(all));
  expect(await cid.order(all)).toEqual(await ann.order(all));

  await ann.page.getByRole("button", { name: english.groupDetails, exact: true }).first().click();
  for (const name of ["小明", "Cid"]) {
    await expect(ann.page.getByRole("listitem").filter({ hasText: name }).last()).toBeVisible();
  }
});

test("a chat with news moves to the top, and every chat counts what is unread", async ({ open }) => {
  const [ann, bob, cid] = [await open(), await open(), await open()];
  const annsName = await join(ann, "Ann");
  await join(bob, "Bob");
  await join(cid, "Cid");

  await bob.openChatWith(annsName, "Ann");
  await bob.say("from Bob");
  await cid.openChatWith(annsName, "Ann");
  await cid.say("from Cid 1");
  await cid.say("from Cid 2");

  const rows = ann.list.getByRole("listitem");
  await expect(rows.first()).toContainText("Cid");
  await expect(ann.chat("Cid")).toContainText(english.unread(2));
  await expect(ann.page).toHaveTitle(`(3) ${english.appName}`);

  await bob.say("from Bob again");
  await expect(rows.first()).toContainText("from Bob again");
  await expect(ann.page).toHaveTitle(`(4) ${english.appName}`);

  await ann.openChat("Cid");
  await expect(ann.page).toHaveTitle(`(2) ${english.appName}`);
});

test("a device that is new shows what was read before it came", async ({ open, server }) => {
  const [anns, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const [ann, bob] = await Promise.all([anns.connect(), bobs.connect()]);
  await sendText(ann, { userId: bobs.userId }, "Are you there?");
  await sendText(bob, { userId: anns.userId }, "I am");
  const { conversationId, seq } = await sendText(ann, { userId: bobs.userId }, "Good");
  await bob.ok("read:mark", { conversationId, seq });
  ann.close();
  const screen = await open();
  await screen.enter(anns.username);
  await screen.openChat("Bob");
  await expect(screen.messages.getByText(english.read, { exact: true })).toHaveCount(2);
  // Of what is said from now on this device is told.
  await screen.say("Shall we go?");
  await screen.reads("Shall we go?");
  await expect(screen.messages.getByText("Sent", { exact: true })).toHaveCount(1);
  await bob.ok("read:mark", { conversationId, seq: seq + 1 });
  await expect(screen.messages.getByText("Sent", { exact: true })).toHaveCount(0);
  bob.close();
});

test("what is typed in the moment in which the page goes is there again", async ({ open, server }) => {
  const bob = await open();
  const [ann, bobs] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  await bob.enter(bobs.username);
  const anns = await ann.connect();
  await sendText(anns, { userId: bobs.userId }, "hello");
  anns.close();
  await bob.openChat("Ann");
  await bob.reads("hello");
  await bob.composer.fill("one ");
  // The page goes before anything can be stored.
  await bob.page.evaluate(`IDBDatabase.prototype.transaction = () => { throw new DOMException("gone", "AbortError") }`);
  await bob.composer.press("End");
  await bob.page.keyboard.insertText("two");
  await bob.page.reload();
  await expect(bob.composer).toHaveValue("one two");
  await bob.page.reload();
  await expect(bob.composer).toHaveValue("one two");
});
