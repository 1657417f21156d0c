import { expect } from "@playwright/test";
import { sendText } from "../support/people.ts";
import { Proxy } from "../faults/proxy.ts";
import { waitFor } from "../support/wait-for.ts";
import { numbered, test } from "./fixtures.ts";
import { showsTheTruth, textsOnServer } from "./truth.ts";

/** Messages missed: more than one page of a window. */
const MISSED = 60;

test("offline for long: five messages written offline arrive in order, each once; others' edits, recalls and reactions are shown", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
  context,
}) => {
  const kept = await sendText(bobs, { conversationId: chat }, "to be edited");
  const gone = await sendText(bobs, { conversationId: chat }, "to be recalled");
  const tab = await openTab();
  await tab.signIn(ann);
  await tab.openConversation(chat);
  await showsTheTruth(tab, site.url, ann);

  await context.setOffline(true);
  await tab.is("offline");
  const written = numbered("offline", 5);
  await tab.say(chat, written);
  expect(await tab.waiting(chat)).toEqual(written);
  for (const text of numbered("missed", MISSED)) await sendText(bobs, { conversationId: chat }, text);
  await bobs.ok("message:edit", { conversationId: chat, seq: kept.seq, content: { kind: "text", text: "edited" } });
  await bobs.ok("message:recall", { conversationId: chat, seq: gone.seq });
  await bobs.ok("message:react", { conversationId: chat, seq: 1, emoji: "👍", on: true });
  // A reload in the meantime loses nothing of what waits.
  await tab.reload();
  await tab.openConversation(chat);
  await waitFor(async () => (await tab.waiting(chat)).length === written.length, { what: "what waits" });
  expect(await tab.waiting(chat)).toEqual(written);

  await context.setOffline(false);
  await tab.online();
  await showsTheTruth(tab, site.url, ann);
  const texts = await textsOnServer(site.url, ann, chat);
  expect(texts).toEqual(["before", "edited", ...numbered("missed", MISSED), ...written]);
});

test("the server is killed and restarts: what was written meanwhile arrives once, and nothing is lost", async ({
  pair: { ann, bob, chat },
  openTab,
  site,
}) => {
  const tab = await openTab();
  await tab.signIn(ann);
  await tab.openConversation(chat);
  const under = numbered("under way", 40);
  await tab.startSaying(chat, under);
  await site.kill();
  await tab.is("reconnecting");
  expect((await tab.waiting(chat)).length, "caught on the way").toBeGreaterThan(0);
  await tab.say(chat, ["during"]);
  await site.startAgain();
  await tab.online();
  const bobs = await bob.connect();
  await sendText(bobs, { conversationId: chat }, "after");
  bobs.close();
  await showsTheTruth(tab, site.url, ann);
  const own = (await textsOnServer(site.url, ann, chat)).filter((text) => !["before", "after"].includes(text));
  expect(own).toEqual([...under, "during"]);
});

test("pushes lost, doubled and reordered: every message is shown once and in order", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
}) => {
  let pushes = 0;
  let heard = "";
  let late: string | undefined;
  const tab = await openTab({
    prepare: (page) =>
      page.routeWebSocket(/socket\.io/, (near) => {
        const far = near.connectToServer();
        far.onMessage((packet) => {
          if (typeof packet !== "string" || !packet.startsWith('42["sync:push"')) {
            near.send(packet);
            return;
          }
          pushes += 1;
          heard = packet;
          // Of four pushes the first is lost, the second doubled, and the third comes after the fourth.
          if (pushes % 4 === 2) near.send(packet);
          if (pushes % 4 === 3) late = packet;
          else if (pushes % 4 !== 1) near.send(packet);
          if (pushes % 4 === 0 && late !== undefined) near.send(late);
        });
      }),
  });
  await tab.signIn(ann);
  await tab.openConversation(chat);
  // Ends on a push that comes, the second of four, behind which nothing may be missing.
  let more = 0;
  const endWell = async () => {
    await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "all being sent" });
    await waitFor(
      async () => {
        more += 1;
        const text = `one more, ${more}.`;
        await sendText(bobs, { conversationId: chat }, text);
        await waitFor(() => heard.includes(text), { what: "its push" });
        return pushes % 4 === 2;
      },
      { what: "a push that is not lost" },
    );
  };
  for (const text of numbered("pushed", 20)) await sendText(bobs, { conversationId: chat }, text);
  await endWell();
  await showsTheTruth(tab, site.url, ann);
  // The same when this tab sends as well, and old messages change.
  for (const text of numbered("answered", 12)) {
    await sendText(bobs, { conversationId: chat }, text);
    await tab.say(chat, [`answer to ${text}`]);
  }
  await bobs.ok("message:edit", { conversationId: chat, seq: 1, content: { kind: "text", text: "edited" } });
  await endWell();
  await showsTheTruth(tab, site.url, ann);
  expect(pushes).toBeGreaterThan(8);
});

test("a laptop asleep for a day on a dead connection: awake, it shows what came, and sends what was written", async ({
  pair: { ann, bobs, chat },
  openTab,
  site,
  context,
}) => {
  const { port } = new URL(site.url);
  const proxy = await Proxy.open(() => ({ host: "127.0.0.1", port: Number(port) }));
  const tab = await openTab({
    url: `http://127.0.0.1:${proxy.port}`,
    prepare: (page) => page.clock.install(),
  });
  await tab.signIn(ann);
  await tab.openConversation(chat);
  const session = await context.newCDPSession(tab.page);
  await tab.say(chat, ["before sleep"]);
  await showsTheTruth(tab, site.url, ann);
  proxy.freeze();
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  for (const text of numbered("slept through", MISSED)) await sendText(bobs, { conversationId: chat }, text);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  proxy.mend();
  await tab.page.clock.fastForward("24:00:00");
  await tab.say(chat, ["after sleep"]);
  // What was in flight is found dead within the library's own bounds, which the page's clock runs through faster.
  await waitFor(
    async () => {
      await tab.page.clock.runFor(5_000);
      return (await tab.shown()).status === "online" && (await tab.waiting(chat)).length === 0;
    },
    { timeoutMs: 30_000, what: "being awake" },
  );
  await showsTheTruth(tab, site.url, ann);
  expect((await textsOnServer(site.url, ann, chat)).at(-1)).toBe("after sleep");
  await proxy.close();
});

for (const [name, days] of [
  ["behind", -1],
  ["ahead", 1],
] as const) {
  test(`a clock a day ${name}: messages are sent, received and read in the server's order`, async ({
    pair: { ann, bobs, chat },
    openTab,
    site,
  }) => {
    const tab = await openTab({
      prepare: (page) =>
        page.addInitScript((shift) => {
          const now = Date.now.bind(Date);
          Date.now = () => now() + shift;
        }, days * 86_400_000),
    });
    await tab.signIn(ann);
    await tab.openConversation(chat);
    for (let round = 1; round <= 3; round += 1) {
      await tab.say(chat, [`question ${round}`]);
      await waitFor(async () => (await tab.waiting(chat)).length === 0, { what: "the question" });
      const { seq } = await sendText(bobs, { conversationId: chat }, `answer ${round}`);
      await waitFor(async () => (await tab.shown()).conversations[0]?.lastSeq === seq, { what: "the answer" });
      await tab.read(chat, seq);
    }
    await waitFor(async () => (await tab.shown()).conversations[0]?.unread === 0, { what: "having read" });
    await tab.reload();
    await tab.online();
    await showsTheTruth(tab, site.url, ann);
  });
}
