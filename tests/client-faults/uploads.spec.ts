import { type Request, expect } from "@playwright/test";
import { waitFor } from "../support/wait-for.ts";
import type { Device } from "./device.ts";
import { test } from "./fixtures.ts";
import type { Tab } from "./tab.ts";
import { showsTheTruth } from "./truth.ts";

const MIB = 1024 * 1024;

/** A file of more than two requests, in bytes. */
const LARGE = 20 * MIB;

/** How fast a page uploads that is to be ended in the middle, in bytes a second. */
const SLOW = 4 * MIB;

/** How much of it has gone by then, in bytes: more than one request. */
const MIDDLE = 9 * MIB;

/** What a browser asks of the address of uploads: the method, and where the part that it sends begins. */
function uploadsOf({ context }: Device): string[] {
  const asked: string[] = [];
  context.on("request", (request: Request) => {
    if (!request.url().includes("/api/v1/uploads")) return;
    asked.push([request.method(), request.headers()["upload-offset"] ?? []].flat().join(" "));
  });
  return asked;
}

async function slowDown(tab: Tab): Promise<void> {
  const devTools = await tab.devTools();
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: SLOW };
  await devTools.send("Network.enable");
  await devTools.send("Network.emulateNetworkConditions", conditions);
}

/** Sends a large file in a page on a slow network, and waits until the middle of it. */
async function reachesTheMiddle(tab: Tab, to: string): Promise<void> {
  await slowDown(tab);
  await tab.run("sendFile", { to, bytes: LARGE });
  await waitFor(async () => ((await tab.run("uploaded", to)) ?? 0) > MIDDLE, { what: "the middle of the upload" });
}

/** Waits until the page shows the file as sent, once, and expects that it went on and did not begin again. */
async function arrivesOnce(tab: Tab, ann: string, asked: readonly string[]): Promise<void> {
  await tab.showsTexts(ann, ["hello", "file"], 40_000);
  expect(asked.filter((request) => request === "POST")).toHaveLength(1);
  expect(asked.filter((request) => request === "PATCH 0")).toHaveLength(1);
}

test("the tab is killed in the middle of an upload: the next goes on from there, and the message arrives once", async ({
  device,
  tab,
  ann,
  bob,
}) => {
  const asked = uploadsOf(device);
  await reachesTheMiddle(tab, ann.userId);
  await tab.kill();
  const next = await device.openTab();
  await arrivesOnce(next, ann.userId, asked);
  const message = (await showsTheTruth(next, bob)).conversations[0]?.messages.at(-1);
  if (message?.content.kind !== "file") throw new Error("the newest message is no file");
  expect(await next.run("isFile", { fileId: message.content.fileId, bytes: LARGE })).toBe(true);
});

test("the tab that uploads what another has chosen is closed: the other goes on from there", async ({
  device,
  tab,
  ann,
  bob,
}) => {
  const asked = uploadsOf(device);
  const other = await device.openTab();
  await other.isOnline();
  await slowDown(tab);
  await other.run("sendFile", { to: ann.userId, bytes: LARGE });
  // What the one that leads has sent the other hears of.
  await waitFor(async () => ((await other.run("uploaded", ann.userId)) ?? 0) > MIDDLE, { what: "the middle" });
  await tab.page.close();
  await arrivesOnce(other, ann.userId, asked);
  await showsTheTruth(other, bob);
});
