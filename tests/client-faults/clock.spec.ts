import { expect } from "@playwright/test";
import type { Device } from "./device.ts";
import { connected, tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Lets the clock of the device's pages be wrong, by `globalThis.clockOffset` milliseconds. */
async function spoilClock(device: Device, offsetMs: number): Promise<void> {
  await device.context.addInitScript((offset) => {
    const host = globalThis as unknown as { clockOffset: number };
    const now = Date.now.bind(Date);
    host.clockOffset = offset;
    Date.now = () => now() + host.clockOffset;
  }, offsetMs);
}

for (const [name, offsetMs] of [
  ["ahead", DAY_MS],
  ["behind", -DAY_MS],
] as const) {
  test(`the clock is a day ${name}: what is written, also offline, keeps its place and the server's times`, async ({
    device,
    ann,
    bob,
  }) => {
    await spoilClock(device, offsetMs);
    await tell(ann, bob, ["hello"]);
    const tab = await device.openTab();
    await tab.signIn(bob);
    await tab.run("write", { to: ann.userId, texts: ["own"] });
    await tab.showsTexts(ann.userId, ["hello", "own"]);
    device.way.cut();
    await tab.shows({ connection: "reconnecting" });
    await tab.run("write", { to: ann.userId, texts: ["one", "two"] });
    expect(await tab.run("texts", ann.userId)).toEqual(["hello", "own", "[one]", "[two]"]);
    const sentAt = Date.now();
    device.way.mend();
    await tab.run("reconnectNow");
    await tab.showsTexts(ann.userId, ["hello", "own", "one", "two"]);
    await tell(ann, bob, ["answer"]);
    const truth = await showsTheTruth(tab, bob);
    expect(truth.unreadTotal).toBe(1);
    expect(Math.abs((truth.conversations[0]?.messages.at(-2)?.sentAt ?? 0) - sentAt)).toBeLessThan(DAY_MS / 2);
  });
}

test("the clock is set back by a day while the connection is gone: the page comes back all the same", async ({
  device,
  ann,
  bob,
}) => {
  await spoilClock(device, DAY_MS);
  const tab = await device.openTab();
  await tab.signIn(bob);
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  await tab.page.evaluate(() => Object.assign(globalThis, { clockOffset: 0 }));
  await tell(ann, bob, numbered("meanwhile", 5));
  device.way.mend();
  await showsTheTruth(tab, bob);
});

test("asleep for a day, the connection dead without a word: awake, it is complete, and what was on its way arrives once", async ({
  device,
  ann,
  bob,
}) => {
  await spoilClock(device, 0);
  const { conversationId } = await tell(ann, bob, ["hello", "to be edited"]);
  const tab = await device.openTab();
  await tab.signIn(bob);
  await tab.showsTexts(ann.userId, ["hello", "to be edited"]);
  const devTools = await tab.devTools();

  device.way.freeze();
  const written = numbered("just before", 3);
  await tab.run("write", { to: ann.userId, texts: written });
  await tab.page.evaluate((day) => Object.assign(globalThis, { clockOffset: day }), DAY_MS);
  await devTools.send("Page.setWebLifecycleState", { state: "frozen" });
  const missed = numbered("overnight", 50);
  await tell(ann, bob, missed);
  await connected(ann, (anns) =>
    anns.ok("message:edit", { conversationId, seq: 2, content: { kind: "text", text: "edited" } }),
  );
  device.way.mend();
  await devTools.send("Page.setWebLifecycleState", { state: "active" });
  await tab.focus();

  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, ann.userId)).toEqual(["hello", "edited", ...missed]);
  expect(textsBy(truth, bob.userId)).toEqual(written);
});
