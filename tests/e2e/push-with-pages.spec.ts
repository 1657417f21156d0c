import { type BrowserContext, type Worker, expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { pushTo } from "./push-to.ts";
import { onScreen } from "./told.ts";
import { chinese } from "./words.ts";

/** Notes each notification that a page or the worker shows; the browser itself keeps only the last of a conversation. */
async function countIn(where: { evaluate(script: string): Promise<unknown> }): Promise<() => Promise<number>> {
  // One text for both: a worker has no `window`, and a page's script no types of a worker.
  await where.evaluate(`
    self.noticesShown = 0;
    const show = ServiceWorkerRegistration.prototype.showNotification;
    ServiceWorkerRegistration.prototype.showNotification = function (...args) {
      self.noticesShown += 1;
      return show.apply(this, args);
    };
  `);
  return () => where.evaluate("self.noticesShown") as Promise<number>;
}

/** Chromium without a window shows every tab as visible: this has the worker see them as tabs in the background. */
async function hideFrom(worker: Worker): Promise<void> {
  await worker.evaluate(`
    const all = clients.matchAll.bind(clients);
    clients.matchAll = async (options) =>
      (await all(options)).map((page) => ({
        visibilityState: "hidden",
        focus: () => page.focus(),
        postMessage: (...args) => page.postMessage(...args),
      }));
  `);
}

async function workerOf(context: BrowserContext): Promise<Worker> {
  await expect.poll(() => context.serviceWorkers().length).toBe(1);
  return context.serviceWorkers()[0]!;
}

test("a message is one notification, whether the push or an open page comes first, and whatever the page does", async ({
  open,
  server,
}) => {
  const bob = await open({ words: chinese, permissions: ["notifications"], expectsNetworkTrouble: true });
  const { page } = bob;
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  await page.goto("/settings/notifications");
  await expect(page.getByRole("switch", { name: "弹出通知" })).toBeChecked();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const session = await page.context().newCDPSession(page);
  const deliver = await pushTo(session, page);
  const worker = await workerOf(page.context());
  const [byPage, byWorker] = await Promise.all([countIn(page), countIn(worker)]);
  const [ann, carl] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Carl")]);
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const [anns, carls] = await Promise.all([ann.connect(), carl.connect()]);
  let unread = 0;
  /** Ann says something, and the page has it; gives what the push service is handed. */
  const said = async (text: string) => {
    const { conversationId, seq } = await sendText(anns, { userId: users[0]!.userId }, text);
    unread += 1;
    return { conversationId, seq, unread, title: "Ann", kind: "text", text };
  };
  const arrived = () => expect(page).toHaveTitle(new RegExp(`^\\(${unread}\\) `));
  let others = 0;
  /** Two notices of somebody else, one after the other: what the page was about to tell before has been told then. */
  const settled = async () => {
    for (const text of ["one", "two"]) {
      others += 1;
      await sendText(carls, { userId: users[0]!.userId }, `${text} ${others}`);
      unread += 1;
      await expect.poll(() => onScreen(page)).toContain(`Carl: ${text} ${others}`);
    }
  };
  /** How often the page and the worker have told of what Ann said. */
  const shown = async () => [(await byPage()) - others, await byWorker()];
  /** What is told of Ann. */
  const onScreenOfAnn = async () => (await onScreen(page)).filter((line) => line.startsWith("Ann"));

  // In sight: the page tells, whenever the push comes.
  await deliver(await said("in sight"));
  await expect.poll(onScreenOfAnn).toEqual(["Ann: in sight"]);
  expect(await shown()).toEqual([1, 0]);

  // In the background, and the page was first.
  await hideFrom(worker);
  const first = await said("the page first");
  await expect.poll(onScreenOfAnn).toEqual(["Ann: the page first"]);
  await deliver(first);
  await settled();
  expect(await shown()).toEqual([2, 0]);

  // In the background, and the push comes while the page waits whether somebody reads it.
  const second = await said("the push first");
  await arrived();
  await deliver(second);
  await expect.poll(onScreenOfAnn).toEqual(["Ann: the push first"]);
  await settled();
  expect(await shown()).toEqual([2, 1]);

  // The browser has put the page to sleep: it cannot answer, and tells nothing anew when it wakes up.
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await deliver(await said("while it sleeps"));
  await expect.poll(byWorker).toBe(2);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await arrived();
  await settled();
  expect(await shown()).toEqual([2, 2]);
  expect(await onScreenOfAnn()).toEqual(["Ann: while it sleeps"]);

  // What comes after that is told as ever.
  await said("awake again");
  await expect.poll(onScreenOfAnn).toEqual(["Ann: awake again"]);

  // Closed: the worker tells, and the page that is opened then does not.
  await page.goto("about:blank");
  await deliver(await said("nobody there"));
  await expect.poll(byWorker).toBe(3);
  await page.goto("/contacts");
  await arrived();
  const anew = await countIn(page);
  others = 0;
  await settled();
  expect([(await anew()) - others, await byWorker()]).toEqual([0, 3]);
  expect(await onScreenOfAnn()).toEqual(["Ann: nobody there"]);
  anns.close();
  carls.close();
});
