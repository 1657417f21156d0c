import { randomBytes } from "node:crypto";
import { type Page, expect } from "@playwright/test";
import { tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

/** What the browser grants, in bytes. */
const QUOTA = 3_000_000;

/** Fills all that the browser grants with something else, in smaller and smaller pieces; gives how much that was, in bytes. */
function fillStorage(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const request = indexedDB.open("something else", 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore("rows", { autoIncrement: true }));
    await new Promise((resolve) => {
      request.addEventListener("success", resolve);
    });
    let filled = 0;
    for (let size = 65_536; size >= 1_024;) {
      const transaction = request.result.transaction("rows", "readwrite");
      transaction.objectStore("rows").add(crypto.getRandomValues(new Uint8Array(size)));
      const stored = await new Promise<boolean>((resolve) => {
        transaction.addEventListener("complete", () => resolve(true));
        transaction.addEventListener("abort", () => resolve(false));
      });
      if (stored) filled += size;
      else size /= 2;
      if (filled > 100_000_000) break;
    }
    return filled;
  });
}

/** A message that no database makes smaller. */
const longText = (_: unknown, index: number): string => `${index + 1} ${randomBytes(1_500).toString("hex")}`;

test("the storage quota is exceeded: the page goes on from memory and says so, shows all that comes and sends all that is written", async ({
  device,
  ann,
  bob,
}) => {
  const empty = await device.openEmptyPage();
  const devTools = await device.context.newCDPSession(empty);
  // Before anything is written: the browser counts with what it has granted for a while.
  await devTools.send("Storage.overrideQuotaForOrigin", { origin: device.origin, quotaSize: QUOTA });
  const tab = await device.openTab();
  await tab.signIn(bob);
  expect(await fillStorage(empty)).toBeLessThan(QUOTA);
  const long = Array.from({ length: 200 }, longText);
  await tell(ann, bob, long);
  await tab.shows({ storage: "memory" });
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  const written = numbered("written offline", 3);
  await tab.run("write", { to: ann.userId, texts: written });
  expect((await tab.run("texts", ann.userId)).slice(-3)).toEqual(written.map((text) => `[${text}]`));
  device.way.mend();
  await tab.run("reconnectNow");
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, ann.userId)).toEqual(long);
  expect(textsBy(truth, bob.userId)).toEqual(written);
});

test("there is no room for a file: it is sent all the same, and nothing that is stored goes for its sake", async ({
  device,
  ann,
  bob,
}) => {
  const empty = await device.openEmptyPage();
  const devTools = await device.context.newCDPSession(empty);
  await devTools.send("Storage.overrideQuotaForOrigin", { origin: device.origin, quotaSize: QUOTA });
  await tell(ann, bob, numbered("before", 50));
  const tab = await device.openTab();
  await tab.signIn(bob);
  await tab.showsTexts(ann.userId, numbered("before", 50));
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  await tab.run("sendFile", { to: ann.userId, bytes: 4 * QUOTA });
  await tab.run("write", { to: ann.userId, texts: ["that was a large one"] });
  expect(await tab.run("texts", ann.userId)).toEqual([...numbered("before", 50), "[file]", "[that was a large one]"]);
  await tab.shows({ storage: "persistent" });
  device.way.mend();
  await tab.run("reconnectNow");
  await tab.showsTexts(ann.userId, [...numbered("before", 50), "that was a large one", "file"]);
  const message = (await showsTheTruth(tab, bob)).conversations[0]?.messages.at(-1);
  if (message?.content.kind !== "file") throw new Error("the newest message is no file");
  expect(await tab.run("isFile", { fileId: message.content.fileId, bytes: 4 * QUOTA })).toBe(true);
});

test("IndexedDB is closed under our feet: the page opens it again, and all that was shown outlives the page", async ({
  device,
  ann,
  bob,
}) => {
  await device.context.addInitScript(() => {
    const opened: IDBDatabase[] = [];
    const prototype = IDBFactory.prototype;
    const real = prototype.open.bind(indexedDB);
    prototype.open = (name, version) => {
      const request = real(name, version);
      request.addEventListener("success", () => opened.push(request.result));
      return request;
    };
    Object.assign(globalThis, { opened });
  });
  await tell(ann, bob, ["hello"]);
  const tab = await device.openTab();
  await tab.signIn(bob);
  await tab.page.evaluate(() => {
    for (const db of (globalThis as unknown as { opened: IDBDatabase[] }).opened.splice(0)) db.close();
  });
  await tab.run("write", { to: ann.userId, texts: ["one"] });
  await tell(ann, bob, ["answer"]);
  await showsTheTruth(tab, bob);
  expect((await tab.shown()).storage).toBe("persistent");

  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  await tab.page.evaluate(() => {
    for (const db of (globalThis as unknown as { opened: IDBDatabase[] }).opened.splice(0)) db.close();
  });
  await tab.run("write", { to: ann.userId, texts: ["two"] });
  await tab.page.close();
  const next = await device.openTab();
  await next.shows({ loaded: true, username: bob.username });
  const texts = await next.run("texts", ann.userId);
  expect(texts.at(-1)).toBe("[two]");
  expect(texts.slice(0, -1).toSorted()).toEqual(["answer", "hello", "one"]);
  device.way.mend();
  await next.run("reconnectNow");
  expect(textsBy(await showsTheTruth(next, bob), bob.userId)).toEqual(["one", "two"]);
});

test("IndexedDB is wiped under our feet: nothing that was shown as waiting is lost", async ({
  device,
  tab,
  ann,
  bob,
}) => {
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  const before = numbered("before", 3);
  await tab.run("write", { to: ann.userId, texts: before });
  const devTools = await tab.devTools();
  await devTools.send("Storage.clearDataForOrigin", { origin: device.origin, storageTypes: "indexeddb" });
  await tab.run("write", { to: ann.userId, texts: ["after"] });
  await tell(ann, bob, ["meanwhile"]);
  device.way.mend();
  await tab.run("reconnectNow");
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual([...before, "after"]);
});

test("a tab of a newer version lays the storage out anew: the old one goes on from memory and says so", async ({
  device,
  tab,
  ann,
  bob,
}) => {
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  await tab.run("write", { to: ann.userId, texts: ["before"] });
  const newer = await device.openEmptyPage();
  const opened = await newer.evaluate(async (userId) => {
    const request = indexedDB.open(`im-webapp ${location.origin} ${userId}`, 10_000);
    return new Promise<string>((resolve) => {
      for (const end of ["success", "error", "blocked"]) request.addEventListener(end, () => resolve(end));
    });
  }, bob.userId);
  expect(opened).toBe("success");
  await tab.run("write", { to: ann.userId, texts: ["after"] });
  await tab.shows({ storage: "outdated" });
  device.way.mend();
  await tab.run("reconnectNow");
  await tell(ann, bob, ["answer"]);
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual(["before", "after"]);
});
