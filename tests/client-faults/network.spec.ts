import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { connected, tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

/** More than one page of a pull, and of a window. */
const MISSED = 600;

/** How often a connection breaks, while or soon after both write. */
const BREAKS = 4;

test("five messages written offline arrive in order, each once; edits and recalls made by others meanwhile are shown", async ({
  ann,
  bob,
  tab,
  device,
}) => {
  const { conversationId } = await tell(ann, bob, ["to be edited", "to be recalled"]);
  await tab.showsTexts(ann.userId, ["hello", "to be edited", "to be recalled"]);
  await device.context.setOffline(true);
  device.way.cut();
  await tab.shows({ connection: "offline" });
  const written = numbered("written offline", 5);
  await tab.run("write", { to: ann.userId, texts: written });
  await tell(ann, bob, ["meanwhile"]);
  await connected(ann, async (anns) => {
    await anns.ok("message:edit", { conversationId, seq: 2, content: { kind: "text", text: "edited" } });
    await anns.ok("message:recall", { conversationId, seq: 3 });
  });
  const waiting = written.map((text) => `[${text}]`);
  expect(await tab.run("texts", ann.userId)).toEqual(["hello", "to be edited", "to be recalled", ...waiting]);

  device.way.mend();
  await device.context.setOffline(false);
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual(written);
  expect(truth.conversations[0]?.messages.slice(0, 3)).toMatchObject([
    { version: 1 },
    { version: 2, content: { text: "edited" } },
    { version: 2, content: { event: "message.recalled" } },
  ]);
});

test("offline for long, then online: all that was missed is there, what was read elsewhere is read", async ({
  ann,
  bob,
  tab,
  device,
  world,
}) => {
  const cat = await Person.register(world.url, "Cat");
  device.way.cut();
  await tab.shows({ connection: "reconnecting" });
  const missed = numbered("missed", MISSED);
  const [sent] = await Promise.all([
    // All at once: calls of one connection take effect in their order.
    connected(ann, (anns) => Promise.all(missed.map((text) => sendText(anns, { userId: bob.userId }, text)))),
    tell(cat, bob, ["from Cat", "again"]),
  ]);
  const conversationId = sent[0]!.conversationId;
  await connected(await bob.login(), (elsewhere) => elsewhere.ok("read:mark", { conversationId, seq: MISSED - 5 }));
  device.way.mend();
  await tab.run("reconnectNow");
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, ann.userId)).toEqual(["hello", ...missed]);
  expect(truth.unreadTotal).toBe(6 + 2);
});

test("the connection breaks again and again while both write: every message is there once and in order", async ({
  ann,
  bob,
  tab,
  device,
}) => {
  const [anns, bobs] = [numbered("from Ann", 60), numbered("from Bob", 60)];
  const both = Promise.all([tell(ann, bob, anns), tab.run("write", { to: ann.userId, texts: bobs })]);
  for (let breaks = 0; breaks < BREAKS; breaks += 1) {
    await tab.isOnline();
    device.way.cut();
    await tab.shows({ connection: "reconnecting" });
    device.way.mend();
    await tab.run("reconnectNow");
  }
  await both;
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId)).toEqual(bobs);
  expect(textsBy(truth, ann.userId)).toEqual(["hello", ...anns]);
});

test("the server is killed and restarted while messages are written: each arrives once and in order", async ({
  ann,
  bob,
  tab,
  world,
}) => {
  const written = numbered("through the restart", 200);
  const writing = tab.run("write", { to: ann.userId, texts: written });
  await connected(ann, async (anns) => {
    await anns.pushedText("through the restart 3");
  });
  await world.kill();
  await tab.shows({ connection: "reconnecting" });
  await tab.run("write", { to: ann.userId, texts: ["while it was away"] });
  await world.start();
  await tab.run("reconnectNow");
  await writing;
  const truth = await showsTheTruth(tab, bob);
  expect(textsBy(truth, bob.userId).filter((text) => text !== "while it was away")).toEqual(written);
  expect(textsBy(truth, bob.userId)).toHaveLength(written.length + 1);
});
