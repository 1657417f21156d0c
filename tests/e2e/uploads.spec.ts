import { type Page, expect } from "@playwright/test";
import sharp from "sharp";
import { Person } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese, english } from "./words.ts";

const MIB = 1024 * 1024;

/** A file of more than two requests, in bytes. */
const LARGE = 20 * MIB;

/** How fast a page uploads what is to be seen on its way, in bytes a second. */
const SLOW = 2 * MIB;

/** Longest time in which all of it arrives once nothing slows it down any more, in milliseconds. */
const ARRIVES_MS = 20_000;

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

function picture(width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#f7b733"/><stop offset="1" stop-color="#4a6"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="70%" cy="30%" r="15%" fill="#fff8"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

/** Bytes that nothing makes smaller. */
function bytesOf(size: number): Buffer {
  const words = new Uint32Array(size / 4);
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index, 2_654_435_761);
  return Buffer.from(words.buffer);
}

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files as one does with the mouse, and sends them. */
async function sendFiles({ page, words }: Screen, files: readonly Chosen[], caption = ""): Promise<void> {
  const [attach, item, send, about] =
    words.locale === chinese.locale
      ? ["发送图片、视频或文件", "文件", "发送", "说明"]
      : ["Send photos, videos or files", "Files", "Send", "Caption"];
  await page.getByRole("button", { name: attach }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  await (await chooser).setFiles([...files]);
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(about).fill(caption);
  await sheet.getByRole("button", { name: send, exact: true }).click();
}

async function uploadsAt(page: Page, bytesPerSecond: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond };
  await devTools.send("Network.enable");
  await devTools.send("Network.emulateNetworkConditions", conditions);
}

async function two(server: { readonly url: string }) {
  const [ann, bob] = await Promise.all([
    Person.register(server.url, "Ann Lovelace"),
    Person.register(server.url, "小明"),
  ]);
  return { ann, bob, group: await ann.createGroup("照片 Photos", [bob]) };
}

for (const [name, options] of [
  ["desktop", { words: english }],
  ["phone", { ...PHONE, colorScheme: "dark" }],
] as const) {
  test(`a picture that is chosen without a network is shown at once, and sent with one: ${name}`, async ({
    open,
    server,
  }) => {
    const people = await two(server);
    const ann = await open({ ...options, expectsNetworkTrouble: true });
    const bob = await open();
    await Promise.all([ann.enter(people.ann.username), bob.enter(people.bob.username)]);
    await ann.openChat("照片 Photos");
    await bob.openChat("照片 Photos");
    // The page itself is on the device from now on.
    await ann.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await ann.page.context().setOffline(true);
    await ann.connectionIs("offline");
    await sendFiles(
      ann,
      [{ name: "lake.jpg", mimeType: "image/jpeg", buffer: await picture(1200, 800) }],
      "At the lake",
    );
    const isChinese = options.words === chinese;
    const shown = ann.messages.getByRole("img", { name: isChinese ? "图片，1200 × 800" : "Photo, 1200 × 800" });
    await expect(shown).toBeVisible();
    await expect(shown).toHaveJSProperty("complete", true);
    const waits = isChinese ? "等待网络" : "Waiting for the network";
    await expect(ann.messages.getByText(waits)).toBeVisible();
    await look(ann.page, `waiting-${name}`);
    await ann.page.reload();
    await expect(shown).toBeVisible();
    await expect(ann.messages.getByText(waits)).toBeVisible();

    const fetched: string[] = [];
    ann.page.on("request", (request) => {
      if (/\/files\/.*variant=/.test(request.url())) fetched.push(request.url());
    });
    await ann.page.context().setOffline(false);
    await ann.isOnline();
    await bob.reads("At the lake");
    await expect(bob.messages.getByRole("button", { name: "Open photo, 1200 × 800" })).toBeVisible();
    const opens = isChinese ? "查看图片，1200 × 800" : "Open photo, 1200 × 800";
    await expect(ann.messages.getByRole("button", { name: opens })).toHaveCount(1);
    // What is on the device is not fetched to be shown.
    expect(fetched).toEqual([]);
    await expect(ann.messages.getByText(waits)).toHaveCount(0);
  });
}

test("a large file is paused, goes on, and goes on after a reload; another is given up", async ({ open, server }) => {
  const people = await two(server);
  const ann = await open({ expectsNetworkTrouble: true });
  const bob = await open({ ...PHONE });
  await Promise.all([ann.enter(people.ann.username), bob.enter(people.bob.username)]);
  await ann.openChat("照片 Photos");
  await bob.chat("照片 Photos").tap();
  const { page, messages } = ann;
  const begun: string[] = [];
  page.on("request", (request) => {
    if (!request.url().includes("/api/v1/uploads")) return;
    begun.push([request.method(), request.headers()["upload-offset"] ?? []].flat().join(" "));
  });
  await uploadsAt(page, SLOW);
  const name = "会议记录 meeting recording.bin";
  await sendFiles(ann, [{ name, mimeType: "application/octet-stream", buffer: bytesOf(LARGE) }]);
  const ring = messages.getByRole("progressbar", { name: `Uploading ${name}` });
  const percent = async () => Number(await ring.getAttribute("aria-valuenow"));
  await expect.poll(percent).toBeGreaterThan(5);
  await expect(messages.getByText(/^Uploading \d+%$/)).toBeVisible();
  await look(page, "uploading-desktop");
  // Whoever writes meanwhile does not wait for it.
  await ann.say("It is coming");
  await bob.reads("It is coming");

  await messages.getByRole("button", { name: `Pause uploading ${name}` }).click();
  await expect(messages.getByText(/^Paused at \d+%$/)).toBeVisible();
  await look(page, "paused-desktop");
  const asked = begun.length;
  await sendFiles(ann, [{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("a note") }]);
  await expect(bob.messages.getByRole("button", { name: /^下载 notes.txt/ })).toBeVisible();
  expect(begun.slice(asked).filter((request) => /^PATCH [1-9]/.test(request))).toEqual([]);

  await messages.getByRole("button", { name: `Resume uploading ${name}` }).click();
  const before = await percent();
  await expect.poll(percent).toBeGreaterThan(before + 5);
  await page.reload();
  await expect(ring).toBeVisible();
  await uploadsAt(page, -1);
  await expect(bob.messages.getByRole("button", { name: `下载 ${name}，20 MB` })).toBeVisible({ timeout: ARRIVES_MS });
  await expect(messages.getByRole("button", { name: `Download ${name}, 20 MB` })).toHaveCount(1);
  expect(begun.filter((request) => request === "PATCH 0")).toHaveLength(2);

  await uploadsAt(page, SLOW);
  await sendFiles(ann, [{ name: "wrong.bin", mimeType: "application/octet-stream", buffer: bytesOf(LARGE) }]);
  await expect(messages.getByRole("progressbar", { name: "Uploading wrong.bin" })).toBeVisible();
  await messages.getByRole("button", { name: "Cancel sending wrong.bin" }).click();
  await expect(messages.getByText("wrong.bin")).toHaveCount(0);
  await expect.poll(() => begun.includes("DELETE")).toBe(true);
  await ann.say("Only that one");
  await bob.reads("Only that one");
});

test("what the server does not take says why, and is sent again or thrown away", async ({ open, server }) => {
  const people = await two(server);
  const ann = await open({ ...PHONE, expectsNetworkTrouble: true });
  await ann.enter(people.ann.username);
  await ann.openChat("照片 Photos");
  // The server, as one whose user has used up their room.
  await ann.page.route("**/api/v1/uploads", (route) =>
    route.fulfill({
      status: 413,
      json: { error: { code: "TOO_LARGE", message: "no more room", details: { reason: "account" } } },
    }),
  );
  await sendFiles(ann, [{ name: "photo.jpg", mimeType: "image/jpeg", buffer: await picture(800, 1000) }]);
  await expect(ann.messages.getByText("发送失败：你的文件空间已满")).toBeVisible();
  await expect(ann.messages.getByRole("img", { name: "图片，800 × 1000" })).toBeVisible();
  await look(ann.page, "failed-phone");
  await ann.page.unroute("**/api/v1/uploads");
  await ann.messages.getByRole("button", { name: "重试" }).click();
  await expect(ann.messages.getByRole("button", { name: "查看图片，800 × 1000" })).toBeVisible();
});
