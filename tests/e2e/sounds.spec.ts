import { expect } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { Person, sendText } from "../support/people.ts";
import { requireProgram } from "../support/programs.ts";
import { test, uniqueName } from "./fixtures.ts";
import { onScreen, watch } from "./told.ts";
import { chinese } from "./words.ts";

// A microphone that hums, and is allowed: what is recorded is real sound in a real recorder.
test.use({
  launchOptions: {
    executablePath: requireProgram("chromium"),
    args: [...CHROMIUM_ARGUMENTS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
});

test("nothing sounds for one's own messages, for silent chats or into a recording, and many messages are one sound", async ({
  open,
  server,
}) => {
  const bob = await open({ words: chinese, permissions: ["notifications", "microphone"] });
  const { page } = bob;
  const seen = await watch(page.context());
  const people = await Promise.all(["Ann", "Carl", "Dora"].map((name) => Person.register(server.url, name)));
  const bobs = await Person.register(server.url, uniqueName("Bob"));
  const [ann, carl, dora] = await Promise.all(people.map((person) => person.connect()));
  const phone = await (await bobs.login()).connect();
  const to = { userId: bobs.userId };
  await sendText(ann!, to, "hello");
  await sendText(carl!, to, "hello");
  const silent = await sendText(dora!, to, "hello");
  await phone.ok("conversation:set", { conversationId: silent.conversationId, notify: 1 });
  await bob.enter(bobs.username);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await bob.openChat("Ann");

  // What must not be told comes first, and what is told comes after it.
  await sendText(phone, { conversationId: silent.conversationId }, "from my phone");
  await sendText(dora!, to, "quietly");
  await expect(bob.chat("Dora")).toContainText("quietly");
  for (const text of ["one", "two", "three"]) await sendText(carl!, to, text);
  await expect.poll(() => onScreen(page)).toEqual(["Carl: three"]);
  expect(seen).toEqual({ shown: ["Carl: three"], sounds: 1 });

  // While something is recorded, the notification alone.
  await page.getByRole("button", { name: "录制语音" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:01");
  await sendText(carl!, to, "while you speak");
  await expect.poll(() => onScreen(page)).toEqual(["Carl: while you speak"]);
  await page.getByRole("button", { name: "取消录音" }).click();
  await expect(bob.composer).toBeVisible();
  expect(seen.sounds).toBe(1);
  await sendText(carl!, to, "after it");
  await expect.poll(() => onScreen(page)).toEqual(["Carl: after it"]);
  expect(seen).toEqual({ shown: ["Carl: three", "Carl: while you speak", "Carl: after it"], sounds: 2 });
  for (const connection of [ann, carl, dora, phone]) connection?.close();
});
