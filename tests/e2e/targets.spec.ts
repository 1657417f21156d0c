import { randomUUID } from "node:crypto";
import type { SendResponse } from "@im-webapp/protocol";
import { type Locator, expect } from "@playwright/test";
import { pictureOf, send, uploadFile, words as bytesOf } from "../integration/file-calls.ts";
import { Person, sendText } from "../support/people.ts";
import { test } from "./fixtures.ts";
import { look } from "./look.ts";
import type { Screen } from "./screen.ts";
import { smallTargets } from "./targets.ts";
import { chinese, english } from "./words.ts";

const GROUP = "周末 Weekend";

const LONG =
  "Shall we go up to the hills on Saturday? I would bring the stove and the tea, and somebody else the bread and the cheese, and then we would have everything that one needs for a whole day outside.";

const row = ({ messages }: Screen, text: string): Locator => messages.getByRole("article").filter({ hasText: text });

/** A group in which everything has been said that a message can be, and answered, and reacted to. */
async function makeGroup(url: string) {
  const [me, ann] = await Promise.all([Person.register(url, "陈晨"), Person.register(url, "Ann Lovelace")]);
  const { groupId, conversationId } = await me.createGroup(GROUP, [ann]);
  const [mine, anns] = await Promise.all([me.connect(), ann.connect()]);
  const to = { groupId };
  const answer = ({ seq: replyTo }: SendResponse, text: string): Promise<SendResponse> =>
    anns.ok("message:send", { clientMessageId: randomUUID(), to, content: { kind: "text", text }, replyTo });
  const asked = await sendText(mine, to, LONG);
  const { seq } = await answer(asked, "Count me in!");
  await answer(asked, `Gladly. ${LONG}`);
  for (const emoji of ["👍", "🎉", "❤️", "😂", "🔥", "👀", "🙏", "😮", "💯"]) {
    await mine.ok("message:react", { conversationId, seq, emoji, on: true });
    if (emoji !== "👀") await anns.ok("message:react", { conversationId, seq, emoji, on: true });
  }
  const picture = await uploadFile(ann, await pictureOf("#07c", 300, 200));
  await send(anns, to, { kind: "image", fileId: picture.fileId });
  const file = await uploadFile(ann, bytesOf("routes"), "routes.txt");
  await send(anns, to, { kind: "file", fileId: file.fileId });
  await sendText(anns, to, "```js\nconst hills = 3;\n```");
  await sendText(mine, to, "好");
  const last = await sendText(mine, to, "See you there");
  await anns.ok("read:mark", { conversationId, seq: last.seq - 1 });
  await mine.ok("message:pin", { conversationId, seq, on: true });
  await mine.ok("read:mark", { conversationId, seq: last.seq + 1 });
  for (const connection of [mine, anns]) connection.close();
  return me;
}

const SIZES = {
  phone: {
    options: {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      words: chinese,
      colorScheme: "dark",
    },
    texts: { emoji: "表情", attach: "发送图片、视频或文件", select: "多选", forward: "转发" },
  },
  desktop: {
    options: { words: english },
    texts: { emoji: "Emoji", attach: "Send photos, videos or files", select: "Select several", forward: "Forward" },
  },
} as const;

/** Opens what one can do with a message, as one does with a finger or with the mouse. */
async function openMenu(screen: Screen, text: string, isTouch: boolean): Promise<Locator> {
  const menu = isTouch ? screen.page.getByRole("dialog") : screen.page.getByRole("menu");
  if (isTouch) await screen.hold(row(screen, text).locator("[data-bubble]"), menu);
  else await row(screen, text).locator("[data-bubble]").click({ button: "right" });
  await expect(menu).toBeVisible();
  return menu;
}

for (const size of ["phone", "desktop"] as const) {
  test(`everything in a conversation is large enough to be hit: ${size}`, async ({ open, server }) => {
    const me = await makeGroup(server.url);
    const { options, texts } = SIZES[size];
    const screen = await open(options);
    const { page, messages } = screen;
    const measure = async (name: string) => {
      await look(page, `targets-${size}-${name}`);
      expect.soft(await smallTargets(page), name).toEqual([]);
    };
    await screen.enter(me.username);
    await screen.openChat(GROUP);
    await screen.reads("See you there");
    const picture = messages.getByRole("button", { name: /300/ });
    await expect(picture).toBeVisible();
    await measure("conversation");
    await row(screen, "Count me in!").first().scrollIntoViewIfNeeded();
    await measure("reactions");

    await page.getByRole("button", { name: texts.emoji, exact: true }).click();
    await expect(page.getByRole("tab").first()).toBeVisible();
    await expect(page.getByRole("tabpanel").getByRole("button").first()).toBeVisible();
    await measure("emoji");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: texts.attach }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await measure("attach");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();

    const isTouch = size === "phone";
    await screen.toEnd();
    const menu = await openMenu(screen, "See you there", isTouch);
    await measure("menu");
    await menu.getByText(texts.forward, { exact: true }).click();
    await expect(page.getByRole("dialog").getByRole("searchbox")).toBeVisible();
    await measure("forward");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await (await openMenu(screen, "See you there", isTouch)).getByText(texts.select, { exact: true }).click();
    await expect(page.getByRole("checkbox").first()).toBeVisible();
    await measure("selection");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("checkbox")).toHaveCount(0);

    await picture.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await measure("viewer");
    await page.goto("/?find=routes");
    await expect(page.getByText("routes.txt").first()).toBeVisible();
    await measure("search");
  });
}

for (const width of [1024, 1440]) {
  test(`the toolbar stands beside its message or over its edge, and covers no other: ${width}`, async ({
    open,
    server,
  }) => {
    const me = await makeGroup(server.url);
    const screen = await open();
    const { page, messages } = screen;
    await screen.enter(me.username);
    await screen.openChat(GROUP);
    await screen.reads("See you there");
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole("button", { name: english.groupDetails, exact: true }).last().click();
    await expect(page.getByRole("complementary").getByText("Ann Lovelace").first()).toBeVisible();
    const toolbar = messages.getByRole("button", { name: "More", exact: true }).locator("..");
    // Upwards from the end, where it opens: rows far from what is seen do not exist.
    for (const said of [
      "See you there",
      "好",
      "const hills",
      "routes.txt",
      "",
      "Gladly",
      "Count me in!",
      /^陈晨Shall/,
    ]) {
      // The picture says nothing.
      const hovered =
        said === ""
          ? messages.getByRole("article").filter({ has: page.getByRole("button", { name: /300/ }) })
          : messages.getByRole("article").filter({ hasText: said });
      await hovered.locator("[data-bubble]").hover({ position: { x: 20, y: 14 } });
      await expect(hovered.getByRole("button", { name: "More", exact: true })).toBeVisible();
      await look(page, `toolbar-${width}-${String(said).replace(/\W/g, "")}`);
      const covered = await toolbar.evaluate((element) => {
        const [bar, own] = [element.getBoundingClientRect(), element.closest("[data-message]")];
        const pane = element.closest("[data-message-list]");
        const isOver = (other: Element | null) => {
          const box = other?.getBoundingClientRect();
          return box && bar.left < box.right && bar.right > box.left && bar.top < box.bottom && bar.bottom > box.top;
        };
        const others = [...document.querySelectorAll("[data-message]")].filter((each) => each !== own);
        const area = pane?.getBoundingClientRect() ?? bar;
        return {
          others: others.filter((each) => isOver(each.querySelector("[data-bubble]"))).map((each) => each.textContent),
          isOutside: bar.left < area.left || bar.right > area.right || bar.top < area.top,
        };
      });
      expect.soft(covered, String(said)).toEqual({ others: [], isOutside: false });
    }
  });
}
