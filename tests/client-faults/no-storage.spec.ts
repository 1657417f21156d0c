import { expect } from "@playwright/test";
import type { Device } from "./device.ts";
import { tell, test } from "./fixtures.ts";
import { showsTheTruth, textsBy } from "./truth.ts";
import type { Person } from "../support/people.ts";

/** Until a page gives storage up, in milliseconds, with a second for the slow machine. */
const GIVES_UP_MS = 5_000 + 1_000;

/** Signs Bob in where storage does not work, and expects that he can chat all the same. */
async function chatsInMemory(device: Device, ann: Person, bob: Person): Promise<void> {
  await tell(ann, bob, ["hello"]);
  const tab = await device.openTab();
  expect(await tab.shows({ loaded: true, storage: "memory" }, GIVES_UP_MS)).toBeLessThan(GIVES_UP_MS);
  await tab.signIn(bob);
  await tab.run("write", { to: ann.userId, texts: ["one", "two"] });
  await tell(ann, bob, ["answer"]);
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual(["one", "two"]);
  expect((await tab.shown()).storage).toBe("memory");
}

test("IndexedDB never answers: the page chats from memory within 5 s and says so", async ({ device, ann, bob }) => {
  await device.context.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await chatsInMemory(device, ann, bob);
});

test("IndexedDB is denied: the page chats from memory and says so", async ({ device, ann, bob }) => {
  await device.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await chatsInMemory(device, ann, bob);
});

test("IndexedDB is blocked by an old tab that does not step aside: the page chats from memory and says so", async ({
  device,
  ann,
  bob,
}) => {
  const old = await device.openEmptyPage();
  await old.evaluate(async () => {
    const request = indexedDB.open(`im-webapp ${location.origin}`, 1);
    await new Promise((resolve) => {
      request.addEventListener("success", resolve);
    });
    // Kept, or the browser would close it.
    Object.assign(globalThis, { held: request.result });
  });
  await chatsInMemory(device, ann, bob);
});

test("the account's database never answers: the page chats from memory and says so", async ({ device, ann, bob }) => {
  await device.context.addInitScript((userId) => {
    const prototype = IDBFactory.prototype;
    const real = prototype.open.bind(indexedDB);
    prototype.open = (name, version) =>
      name.includes(userId) ? (new EventTarget() as IDBOpenDBRequest) : real(name, version);
  }, bob.userId);
  await tell(ann, bob, ["hello"]);
  const tab = await device.openTab();
  await tab.signIn(bob);
  await tab.shows({ storage: "memory" });
  await tab.run("write", { to: ann.userId, texts: ["one"] });
  expect(textsBy(await showsTheTruth(tab, bob), bob.userId)).toEqual(["one"]);
});
