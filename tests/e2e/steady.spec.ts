import { type Locator, type Page, expect } from "@playwright/test";
import { pictureOf, send, uploadFile } from "../integration/file-calls.ts";
import { Person, sendText } from "../support/people.ts";
import { type ScreenOptions, test } from "./fixtures.ts";
import type { Screen } from "./screen.ts";
import { chinese } from "./words.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, words: chinese } as const;

/** A phone that has much to do is so many times slower than this machine. */
const SLOWER = 6;

/** So many paintings of the screen after the last thing that happened, everything that it led to has been seen. */
const PAINTINGS = 60;

/** Messages to begin with, of which every fourth is a picture. */
const MESSAGES = 80;

/** Shapes of pictures, each of which takes another room. */
const SHAPES = [
  [640, 480],
  [300, 900],
  [400, 400],
  [1200, 300],
] as const;

/** Of one line to many, so that no height can be told before it is measured. */
const text = (number: number) =>
  `第 ${number} 条：${"周六一起去爬山吧，带上水和零食，".repeat(1 + ((number * 7) % 5))}`;

const pictures = (messages: Locator) => messages.getByRole("button", { name: /^查看图片/ });

/** A slow phone with a conversation of texts and pictures, which stands open at its end. */
async function slowPhone(open: (options: ScreenOptions) => Promise<Screen>, url: string) {
  const [ann, bob] = await Promise.all([Person.register(url, "Ann Lovelace"), Person.register(url, "小明")]);
  const { groupId, conversationId } = await ann.createGroup("照片 Photos", [bob]);
  const [anns, bobs] = await Promise.all([ann.connect(), bob.connect()]);
  const files = await Promise.all(
    SHAPES.map(async ([width, height]) => uploadFile(ann, await pictureOf("#07c", width, height))),
  );
  const say = (number: number) => sendText(anns, { groupId }, text(number));
  const show = (number: number) =>
    send(anns, { groupId }, { kind: "image", fileId: files[number % files.length]?.fileId ?? "" });
  for (let number = 1; number < MESSAGES; number += 1) await (number % 4 === 0 ? show(number / 4) : say(number));
  const { seq } = await say(MESSAGES);
  await bobs.ok("read:mark", { conversationId, seq });
  bobs.close();

  const screen = await open(PHONE);
  await screen.enter(bob.username);
  const devTools = await screen.page.context().newCDPSession(screen.page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await screen.chat("照片 Photos").tap();
  await expect(screen.messages.getByText(text(MESSAGES))).toBeInViewport();
  const pin = (on: boolean) => anns.ok("message:pin", { conversationId, seq, on });
  return { screen, say, show, pin, leave: () => anns.close() };
}

/**
 * Leaps up by so many pixels, and gives how often, in the paintings that follow, the middle of the element was covered by
 * something else.
 */
const coveredAfterLeap = (target: Locator, by: number) =>
  target.evaluate(
    async (element, { pixels, paintings }) => {
      const pane = element.closest("[data-message-list]");
      const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      if (pane === null) throw new Error("it is in no list of messages");
      pane.scrollTop -= pixels;
      let covered = 0;
      for (let painting = 1; painting <= paintings; painting += 1) {
        await painted();
        const { left, top, width, height } = element.getBoundingClientRect();
        if (document.elementFromPoint(left + width / 2, top + height / 2) !== element) covered += 1;
      }
      return covered;
    },
    { pixels: by, paintings: 10 },
  );

/**
 * Leaps up by so many pixels and notes from then on, at every painting of the screen, which rows do not stand where they
 * were first seen. Gives a function that waits for everything to be painted and tells what has moved.
 */
async function watchRows(page: Page, leap = 0): Promise<() => Promise<string[]>> {
  const watch = await page.evaluateHandle((pixels) => {
    const state = { paintings: 0, moves: new Array<string>() };
    const first = new Map<Element, number>();
    // Of another size in each frame: observers of sizes are told after the layout and before the painting, in the order in
    // which they were made, so that what the last of them finds is what is painted. A task would find what is not yet.
    const probe = document.body.appendChild(document.createElement("div"));
    probe.style.cssText = "position: fixed; top: 0; left: -9px; height: 1px; width: 1px";
    const nextFrame = () => requestAnimationFrame(() => (probe.style.width = `${1 + (state.paintings % 2)}px`));
    const observer = new ResizeObserver(() => {
      state.paintings += 1;
      const pane = document.querySelector("[data-message-list]")?.getBoundingClientRect();
      for (const row of document.querySelectorAll<HTMLElement>("[data-message]")) {
        const { top, bottom } = row.getBoundingClientRect();
        const isSeen = pane && bottom > pane.top && top < pane.bottom && getComputedStyle(row).visibility === "visible";
        if (!isSeen) continue;
        const by = Math.round(top - (first.get(row) ?? top));
        first.set(row, top - by);
        if (by !== 0) state.moves.push(`at painting ${state.paintings}: ${by} px, ${row.innerText.slice(0, 30)}`);
      }
      nextFrame();
    });
    document.querySelector("[data-message-list]")?.scrollBy(0, -pixels);
    observer.observe(probe);
    return state;
  }, leap);
  return async () => {
    const begun = await watch.evaluate(({ paintings }) => paintings);
    await expect.poll(() => watch.evaluate(({ paintings }) => paintings)).toBeGreaterThan(begun + PAINTINGS);
    return watch.evaluate(({ moves }) => moves);
  };
}

test("a tap reaches what is seen, however shortly the list has moved", async ({ open, server }) => {
  const { screen, show, leave } = await slowPhone(open, server.url);
  const { page, messages } = screen;
  // One that comes in moves the list to its new end.
  await show(2);
  await expect(pictures(messages.locator("[data-message]").last())).toBeInViewport();
  await screen.toEnd();
  for (let leaps = 1; leaps <= 3; leaps += 1) {
    expect(await coveredAfterLeap(pictures(messages).last(), 30), `after leap ${leaps}`).toBe(0);
  }
  const box = await pictures(messages).last().boundingBox();
  await page.touchscreen.tap((box?.x ?? 0) + 60, (box?.y ?? 0) + 60);
  await expect(page.getByRole("dialog")).toBeVisible();
  leave();
});

test("what is seen stays in its place after a leap, and while messages, pictures and a bar come", async ({
  open,
  server,
}) => {
  const { screen, say, show, pin, leave } = await slowPhone(open, server.url);
  const { page } = screen;
  // Less than a screen, where the virtualizer leaves it to the next task what is drawn.
  for (let leaps = 1; leaps <= 4; leaps += 1) {
    const moved = await watchRows(page, 600);
    expect(await moved(), `after leap ${leaps}`).toEqual([]);
  }
  const moved = await watchRows(page);
  for (let number = 1; number <= 3; number += 1) {
    await say(MESSAGES + number);
    await show(number);
  }
  await expect(page.getByRole("button", { name: chinese.toNewest })).toContainText("6");
  await pin(true);
  const bar = page.getByRole("complementary", { name: "置顶消息" });
  await expect(bar).toBeVisible();
  await pin(false);
  await expect(bar).toBeHidden();
  expect(await moved()).toEqual([]);
  leave();
});
