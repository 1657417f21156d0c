import { type Page, expect } from "@playwright/test";
import { waitFor } from "../support/wait-for.ts";
import { connected, tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

/** Longest time in which another tab is connected once the one that was is gone, in milliseconds. */
const HANDOVER_MS = 2_000;

/** Counts the connections that a page has open. */
function connectionsOf(page: Page): () => number {
  let open = 0;
  page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => {
      open -= 1;
    });
  });
  return () => open;
}

test("a message written in one tab appears in all, once", async ({ device, tab, ann, bob }) => {
  const [second, third] = [await device.openTab(), await device.openTab()];
  const tabs = [tab, second, third];
  for (const each of tabs) await each.isOnline();
  for (const [index, each] of tabs.entries()) {
    await each.run("write", { to: ann.userId, texts: [`from tab ${index + 1}`] });
    await Promise.all(
      tabs.map((other) => waitFor(async () => (await other.run("texts", ann.userId)).length === index + 2)),
    );
  }
  await tell(ann, bob, ["answer"]);
  for (const each of tabs) {
    expect(textsBy(await showsTheTruth(each, bob), bob.userId)).toEqual(numbered("from tab", tabs.length));
  }
});

test("the tab with the connection is killed while it sends: another takes over within 2 s, each message is sent once", async ({
  device,
  tab,
  ann,
  bob,
}) => {
  const shown: string[] = [];
  await device.context.exposeFunction("shown", (text: string) => {
    shown.push(text);
  });
  const followers = [await device.openTab(), await device.openTab()];
  const counts = followers.map(({ page }) => connectionsOf(page));
  for (const follower of followers) await follower.isOnline();
  const flood = numbered("from the first", 2_000);
  // It ends with the page.
  tab.run("write", { to: ann.userId, texts: flood }).catch(() => undefined);
  await waitFor(() => shown.length >= 20, { what: "enough of the flood" });
  await connected(ann, async (anns) => {
    await tab.kill();
    const killedAt = performance.now();
    await waitFor(() => counts.some((count) => count() > 0), { what: "a connection of another tab" });
    expect(performance.now() - killedAt).toBeLessThan(HANDOVER_MS);
    await followers[0]?.run("write", { to: ann.userId, texts: ["from the second"] });
    await anns.pushedText("from the second");
  });
  expect(counts.reduce((sum, count) => sum + count(), 0)).toBe(1);
  for (const follower of followers) {
    const arrived = textsBy(await showsTheTruth(follower, bob), bob.userId);
    const ofTheFirst = arrived.filter((text) => text !== "from the second");
    expect(arrived).toHaveLength(ofTheFirst.length + 1);
    expect(ofTheFirst.length).toBeGreaterThanOrEqual(shown.length - 1);
    expect(ofTheFirst).toEqual(flood.slice(0, ofTheFirst.length));
  }
});
