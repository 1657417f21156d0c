import { type Page, expect } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { Person } from "../support/people.ts";
import { requireProgram } from "../support/programs.ts";
import { test } from "./fixtures.ts";
import { keepsNobodyOut, look } from "./look.ts";
import { chinese } from "./words.ts";

// A microphone that is there, and that nobody allows.
test.use({
  launchOptions: {
    executablePath: requireProgram("chromium"),
    args: [...CHROMIUM_ARGUMENTS, "--use-fake-device-for-media-stream", "--deny-permission-prompts"],
  },
});

const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true, words: chinese } as const;

/** A second of film with a moving spot, as a browser records it: without a word of its length. */
async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 360;
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.start();
    const begun = performance.now();
    const paint = (now: number): void => {
      const at = (now - begun) / 1_000;
      if (!pen || at > 1.2) {
        recorder.stop();
        return;
      }
      pen.fillStyle = "#184";
      pen.fillRect(0, 0, 640, 360);
      pen.fillStyle = "#fc3";
      pen.fillRect(40 + at * 400, 120, 120, 120);
      requestAnimationFrame(paint);
    };
    requestAnimationFrame(paint);
    await ended;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return Buffer.from(base64, "base64");
}

test("a film is sent with its picture, and watched from where one likes", async ({ open, server }) => {
  const people = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "小明")]);
  await people[0].createGroup("电影 Films", [people[1]]);
  const [ann, bob] = [await open(), await open({ ...TABLET, colorScheme: "dark" })];
  await Promise.all([ann.enter(people[0].username), bob.enter(people[1].username)]);
  await Promise.all([ann.openChat("电影 Films"), bob.openChat("电影 Films")]);
  await ann.page.getByRole("button", { name: "Send photos, videos or files" }).click();
  const chooser = ann.page.waitForEvent("filechooser");
  await ann.page.getByRole("menuitem", { name: "Photos and videos" }).click();
  const buffer = await film(ann.page);
  await (await chooser).setFiles([{ name: "spot.webm", mimeType: "video/webm", buffer }]);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();

  const play = bob.messages.getByRole("button", { name: /^播放视频，时长 0:0[12]/ });
  await expect(play).toBeVisible();
  await expect(play.locator("img")).toBeVisible();
  await look(bob.page, "film-tablet-dark");
  await keepsNobodyOut(bob.page);
  const part = bob.page.waitForResponse(
    (response) => response.url().includes("/api/v1/files/") && response.status() === 206,
  );
  await play.tap();
  expect((await part).headers()["content-range"]).toMatch(/^bytes 0-/);
  const player = bob.messages.locator("video");
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0);
  await look(bob.page, "film-playing-tablet-dark");
});

test("who does not allow the microphone is told what to do", async ({ open, server }) => {
  const [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  await ann.createGroup("Talk", [bob]);
  const screen = await open();
  await screen.enter(ann.username);
  await screen.openChat("Talk");
  await screen.page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(screen.page.getByText(/^The microphone is not allowed/)).toBeVisible();
  await look(screen.page, "microphone-denied");
  await screen.composer.fill("Then I write");
  await screen.composer.press("Enter");
  await expect(screen.messages.getByText("Then I write")).toBeVisible();
});
