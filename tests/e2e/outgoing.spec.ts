import { type Locator, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { type Words, chinese, english } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

const COPY = new Map<Words, string>([
  [english, "Copy text"],
  [chinese, "复制"],
]);
const COPIED = new Map<Words, string>([
  [english, "Copied"],
  [chinese, "已复制"],
]);
const DISCARD = new Map<Words, string>([
  [english, "Delete"],
  [chinese, "删除"],
]);

const row = (screen: Screen, text: string): Locator => screen.messages.getByRole("article").filter({ hasText: text });

test("what waits for the network has a menu: it is copied and thrown away", async ({ open, server }) => {
  const [anns, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const socket = await anns.connect();
  await sendText(socket, { userId: bob.userId }, "Hello Bob");
  const ann = await open({ permissions: ["clipboard-read", "clipboard-write"], expectsNetworkTrouble: true });
  await ann.enter(anns.username);
  await ann.openChat("Bob");
  await ann.reads("Hello Bob");
  await ann.page.context().setOffline(true);
  await ann.connectionIs("offline");
  await ann.say("waits, and goes");
  await ann.say("waits, and stays");

  await row(ann, "waits, and stays").getByText("waits, and stays").click({ button: "right" });
  await look(ann.page, "outgoing-desk-waiting");
  await expect(ann.page.getByRole("menuitem", { name: english.resend })).toHaveCount(0);
  await ann.page.getByRole("menuitem", { name: COPY.get(english)! }).click();
  await expect(ann.page.getByText(COPIED.get(english)!)).toBeVisible();
  expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe("waits, and stays");

  // The keyboard walks from what is sent to what is not yet, and back.
  await row(ann, "Hello Bob").focus();
  await ann.page.keyboard.press("ArrowDown");
  await expect(row(ann, "waits, and goes")).toBeFocused();
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("menuitem", { name: DISCARD.get(english)! }).press("Enter");
  await expect(row(ann, "waits, and goes")).toHaveCount(0);

  await ann.page.context().setOffline(false);
  await ann.isOnline();
  expect(await socket.pushedText("waits, and stays")).toBeDefined();
  await expect(row(ann, "waits, and stays").getByRole("img", { name: english.waiting })).toHaveCount(0);
  expect(await ann.order(["waits, and goes", "waits, and stays"])).toEqual(["waits, and stays"]);
  socket.close();
});

test("a finger that rests on what was refused tries it again, or throws it away", async ({ open, server }) => {
  const [anns, bob] = await Promise.all([Person.register(server.url, "安安"), Person.register(server.url, "小波")]);
  const [socket, bobs] = await Promise.all([anns.connect(), bob.connect()]);
  await sendText(socket, { userId: bob.userId }, "在吗");
  socket.close();
  const phone = await open({ ...PHONE, words: chinese, colorScheme: "dark" });
  await phone.enter(anns.username);
  await phone.chat("小波").tap();
  await phone.reads("在吗");
  await bob.rest("POST", "/api/v1/blocks", { userId: anns.userId });
  const say = async (text: string) => {
    await phone.composer.fill(text);
    await phone.page.getByRole("button", { name: chinese.send, exact: true }).tap();
    await expect(row(phone, text).getByText(chinese.blockedReason)).toBeVisible();
  };
  await say("第一句");
  await say("第二句");

  const sheet = phone.page.getByRole("dialog");
  await phone.hold(row(phone, "第二句").locator("[data-bubble]"), sheet);
  await look(phone.page, "outgoing-phone-failed");
  await sheet.getByRole("button", { name: DISCARD.get(chinese)! }).tap();
  await expect(row(phone, "第二句")).toHaveCount(0);

  await bob.rest("DELETE", `/api/v1/blocks/${anns.userId}`);
  await phone.hold(row(phone, "第一句").locator("[data-bubble]"), sheet);
  await sheet.getByRole("button", { name: chinese.resend }).tap();
  expect(await bobs.pushedText("第一句")).toBeDefined();
  await expect(row(phone, "第一句").getByText(chinese.blockedReason)).toHaveCount(0);
  bobs.close();
});
