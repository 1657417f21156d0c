import { readFile } from "node:fs/promises";
import { type Locator, type Page, expect } from "@playwright/test";
import sharp from "sharp";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { Person } from "../support/people.ts";
import { requireProgram } from "../support/programs.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { chinese } from "./words.ts";

// A microphone that hums, and is allowed: what is recorded is real sound in a real recorder.
test.use({
  launchOptions: {
    executablePath: requireProgram("chromium"),
    args: [...CHROMIUM_ARGUMENTS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

/** What would run if a file were opened as a page. */
const SCRIPT = "window.name = 'ran'; document.title = 'ran';";
const HTML = `<!doctype html><title>page</title><script>${SCRIPT}</script>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${SCRIPT}"><script>${SCRIPT}</script></svg>`;

function picture(width: number, height: number, [from, to]: readonly [string, string]): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="30%" cy="40%" r="20%" fill="#fff8"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

interface Handed {
  readonly name: string;
  readonly type: string;
  readonly buffer: Buffer;
}

/** Hands files to the page as a paste into the composer or a drop on it, which no keyboard or mouse of a test can bring. */
async function hand(target: Locator, as: "paste" | "drop", files: readonly Handed[]): Promise<void> {
  const handed = files.map(({ name, type, buffer }) => ({ name, type, base64: buffer.toString("base64") }));
  await target.evaluate(
    (element, { event, items }) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of items) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      const init = { bubbles: true, cancelable: true };
      if (event === "paste") element.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
      else {
        element.dispatchEvent(new DragEvent("dragover", { ...init, dataTransfer: data }));
        element.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: data }));
      }
    },
    { event: as, items: handed },
  );
}

const pictures = ({ messages }: Screen, label: RegExp) => messages.getByRole("button", { name: label });

async function save(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.tap()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function two(server: { readonly url: string }) {
  const [ann, bob] = await Promise.all([
    Person.register(server.url, "Ann Lovelace"),
    Person.register(server.url, "小明"),
  ]);
  return { ann, bob, group: await ann.createGroup("照片 Photos", [bob]) };
}

test("pictures are chosen, pasted and dropped, and looked at one after the other", async ({ open, server }) => {
  const people = await two(server);
  const [ann, bob] = [await open(), await open({ ...PHONE, colorScheme: "dark" })];
  await Promise.all([ann.enter(people.ann.username), bob.enter(people.bob.username)]);
  await ann.openChat("照片 Photos");
  await bob.chat("照片 Photos").tap();
  const [wide, tall, square] = await Promise.all([
    picture(2400, 1600, ["#0a7", "#148"]),
    picture(600, 1100, ["#c50", "#514"]),
    picture(400, 400, ["#36c", "#9cf"]),
  ]);

  await ann.page.getByRole("button", { name: "Send photos, videos or files" }).click();
  await look(ann.page, "menu-desktop");
  const chooser = ann.page.waitForEvent("filechooser");
  await ann.page.getByRole("menuitem", { name: "Photos and videos" }).click();
  await (
    await chooser
  ).setFiles([
    { name: "sunset at the lake.jpg", mimeType: "image/jpeg", buffer: wide },
    { name: "tower.jpg", mimeType: "image/jpeg", buffer: tall },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("left out") },
  ]);
  const sheet = ann.page.getByRole("dialog");
  await expect(sheet.getByRole("listitem")).toHaveCount(3);
  await sheet.getByRole("button", { name: "Remove notes.txt" }).click();
  await sheet.getByLabel("Caption").fill("From the weekend");
  await expect(sheet.getByRole("img").or(sheet.locator("img"))).toHaveCount(2);
  await look(ann.page, "sheet-desktop");
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  await expect(ann.composer).toBeFocused();
  await expect(pictures(ann, /^Open photo/)).toHaveCount(2);
  await bob.reads("From the weekend");
  await expect(pictures(bob, /^查看图片/)).toHaveCount(2);

  await hand(ann.composer, "paste", [{ name: "image.png", type: "image/png", buffer: square }]);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await expect(pictures(bob, /^查看图片/)).toHaveCount(3);
  await look(bob.page, "pictures-phone-dark-zh");
  await look(ann.page, "pictures-desktop");

  // As files they are not shown, and keep their names.
  await hand(ann.messages, "drop", [{ name: "原图.jpg", type: "image/jpeg", buffer: square }]);
  await ann.page.getByRole("dialog").getByRole("switch", { name: "Send as files" }).click();
  await ann.page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await expect(bob.messages.getByRole("button", { name: /^下载 原图.jpg/ })).toBeVisible();

  const first = pictures(ann, /^Open photo, 2400/);
  await first.click();
  const viewer = ann.page.getByRole("dialog", { name: "Photo 1 of 3" });
  const shown = ann.page.getByRole("dialog").getByRole("img", { name: "Photo, 2400" });
  await expect(shown).toBeVisible();
  const width = async () => (await shown.boundingBox())?.width ?? 0;
  const before = await width();
  await viewer.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(width).toBeGreaterThan(before * 1.5);
  await look(ann.page, "viewer-zoomed-desktop");
  await viewer.getByRole("button", { name: "Zoom out" }).click();
  await expect.poll(width).toBeLessThan(before * 1.1);
  await ann.page.mouse.move(720, 450);
  await ann.page.mouse.wheel(0, -400);
  await expect.poll(width).toBeGreaterThan(before * 1.2);
  await ann.page.keyboard.press("ArrowRight");
  await ann.page.mouse.wheel(0, 2000);
  await ann.page.getByRole("button", { name: "Next photo" }).click();
  await expect(ann.page.getByRole("dialog", { name: "Photo 2 of 3" })).toBeVisible();
  await ann.page.keyboard.press("ArrowRight");
  await expect(ann.page.getByRole("dialog", { name: "Photo 3 of 3" })).toBeVisible();
  await look(ann.page, "viewer-desktop");
  await ann.page.keyboard.press("Escape");
  await expect(ann.page.getByRole("dialog")).toHaveCount(0);
  await expect(first).toBeFocused();

  await pictures(bob, /^查看图片，600/).tap();
  await expect(
    bob.page.getByRole("dialog", { name: "图片 2 / 3" }).getByRole("img", { name: "图片，600" }),
  ).toBeVisible();
  await look(bob.page, "viewer-phone-dark-zh");
  await bob.page.getByRole("button", { name: "关闭" }).tap();
});

test("files are saved as they were sent, and nothing in them runs", async ({ open, server }) => {
  const people = await two(server);
  const [ann, bob] = [
    await open({ colorScheme: "dark", words: chinese }),
    await open({ ...PHONE, expectsNetworkTrouble: true }),
  ];
  await Promise.all([ann.enter(people.ann.username), bob.enter(people.bob.username)]);
  await ann.openChat("照片 Photos");
  await bob.chat("照片 Photos").tap();
  const report = Buffer.from("%PDF-1.7 季度报告");
  await ann.page.locator("input[type=file]:not([accept])").setInputFiles([
    { name: "2026 年第三季度 report (final).pdf", mimeType: "application/pdf", buffer: report },
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from(HTML) },
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from(SVG) },
  ]);
  await look(ann.page, "sheet-files-desktop-dark-zh");
  await ann.page.getByRole("dialog").getByRole("button", { name: "发送", exact: true }).click();
  const pages = bob.page.context().pages().length;
  for (const [name, bytes] of [
    ["2026 年第三季度 report (final).pdf", report],
    ["page.html", Buffer.from(HTML)],
    ["drawing.svg", Buffer.from(SVG)],
  ] as const) {
    const saved = await save(bob.page, bob.messages.getByRole("button", { name: `下载 ${name}` }));
    expect(saved).toEqual({ name, bytes });
  }
  await look(bob.page, "files-phone-zh");
  expect(bob.page.context().pages()).toHaveLength(pages);
  expect(await bob.page.evaluate("[window.name, document.title.includes('ran')]")).toEqual(["", false]);

  // Who has left has the message, and the file no more: a refusal, which the browser notes.
  await people.bob.rest("DELETE", `/api/v1/groups/${people.group.groupId}/members/${people.bob.userId}`);
  await bob.messages.getByRole("button", { name: "下载 page.html" }).tap();
  await expect(bob.messages.getByText("文件已不存在，或你无权查看")).toBeVisible();
});

test("something is spoken, and heard by the other", async ({ open, server }) => {
  const people = await two(server);
  const [ann, bob] = [await open({ ...PHONE }), await open()];
  await Promise.all([ann.enter(people.ann.username), bob.enter(people.bob.username)]);
  await ann.chat("照片 Photos").tap();
  await bob.openChat("照片 Photos");
  await ann.page.getByRole("button", { name: "录制语音" }).tap();
  await expect(ann.page.getByRole("timer")).toHaveText("0:02");
  await look(ann.page, "recording-phone-zh");
  await ann.page.getByRole("button", { name: "取消录音" }).tap();
  await expect(ann.composer).toBeVisible();
  await ann.page.getByRole("button", { name: "录制语音" }).tap();
  await expect(ann.page.getByRole("button", { name: "发送语音" })).toBeFocused();
  await ann.page.keyboard.press("Escape");
  await expect(ann.composer).toBeVisible();
  await ann.page.getByRole("button", { name: "录制语音" }).tap();
  await expect(ann.page.getByRole("timer")).toHaveText("0:03");
  await ann.page.getByRole("button", { name: "发送语音" }).tap();

  const play = bob.messages.getByRole("button", { name: /^Play voice message/ });
  await expect(play).toHaveCount(1);
  const unplayed = bob.messages.getByRole("img", { name: "Not played yet" });
  await expect(unplayed).toBeVisible();
  await look(bob.page, "voice-unplayed-desktop");
  await bob.page.reload();
  await expect(unplayed).toBeVisible();
  await play.click();
  await expect(bob.messages.getByRole("button", { name: /^Pause voice message/ })).toBeVisible();
  await expect(unplayed).toHaveCount(0);
  await bob.messages.getByRole("button", { name: /^Speed 1×/ }).click();
  await expect(bob.messages.getByRole("button", { name: /^Speed 1.5×/ })).toBeVisible();
  await look(bob.page, "voice-desktop");
  // To its end.
  await expect(play).toBeVisible();
  await bob.page.reload();
  await expect(play).toBeVisible();
  await expect(unplayed).toHaveCount(0);
  // One's own is nothing to hear.
  await expect(ann.messages.getByRole("img", { name: "未播放" })).toHaveCount(0);
  await look(ann.page, "voice-phone-zh");
});
