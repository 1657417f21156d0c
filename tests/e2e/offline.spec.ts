import { expect } from "@playwright/test";
import { Person, sendText } from "../support/people.ts";
import { test, uniqueName } from "./fixtures.ts";
import { english } from "./words.ts";

/** Messages written by the other side in the meantime: more than one page of a pull. */
const MISSED = 60;

test("somebody who was offline comes back complete", async ({ open, server }) => {
  const bob = await open({ expectsNetworkTrouble: true });
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(server.url, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const bobsId = users[0]!.userId;
  await sendText(anns, { userId: bobsId }, "before");
  await bob.openChat("Ann");
  await bob.reads("before");

  await bob.page.context().setOffline(true);
  await bob.connectionIs("offline");
  const written = Array.from({ length: 5 }, (_, index) => `written offline ${index + 1}`);
  for (const text of written) await bob.say(text);
  await expect(bob.messages.getByText(english.waiting, { exact: true })).not.toHaveCount(0);
  for (let number = 1; number <= MISSED; number += 1) await sendText(anns, { userId: bobsId }, `missed ${number}`);

  await bob.page.context().setOffline(false);
  await bob.isOnline();
  // All that was written arrives once and in the order of being written.
  for (const text of written) await anns.pushedText(text);
  const arrived = anns.pushed.flatMap((entry) =>
    entry.type === "message" && entry.message.senderId === bobsId && entry.message.content.kind === "text"
      ? [entry.message.content.text]
      : [],
  );
  expect(arrived).toEqual(written);

  // And all that was missed is there, above what was written, each once and without a hole.
  const missed = Array.from({ length: MISSED }, (_, index) => `missed ${index + 1}`);
  const all = ["before", ...missed, ...written];
  expect(await bob.scrollThrough("before", all)).toEqual(all);
  await bob.toEnd();
  await expect(bob.messages.getByText(english.waiting, { exact: true })).toHaveCount(0);
  anns.close();
});

test("a reload shows the chat from the cache before the network answers", async ({ open, server }) => {
  const bob = await open({ expectsNetworkTrouble: true });
  const bobsName = uniqueName("bob");
  await bob.register(bobsName, "Bob");
  const ann = await Person.register(server.url, "Ann");
  const anns = await ann.connect();
  const { users } = await ann.rest<{ users: { userId: string }[] }>("GET", `/api/v1/users?query=${bobsName}`);
  const texts = Array.from({ length: 12 }, (_, index) => `kept ${index + 1}`);
  for (const text of texts) await sendText(anns, { userId: users[0]!.userId }, text);
  await bob.openChat("Ann");
  await bob.reads("kept 12");

  // From here on the server takes calls and connections, and says nothing.
  let silent = true;
  let held = 0;
  await bob.page.route("**/api/**", async (route) => {
    if (silent) held += 1;
    else await route.continue();
  });
  await bob.page.routeWebSocket(/socket\.io/, (socket) => {
    if (silent) held += 1;
    else socket.connectToServer();
  });
  await bob.page.reload();
  await bob.reads("kept 12");
  expect(await bob.order(texts)).toEqual(texts);
  await expect(bob.chat("Ann")).toContainText("kept 12");
  expect(held, "the app asks, and nobody answers").toBeGreaterThan(0);

  // What is written meanwhile survives another reload, and goes out once the server speaks again.
  await bob.say("written to a silent server");
  // What is shown is stored.
  await bob.reads("written to a silent server");
  await bob.page.reload();
  await bob.reads("written to a silent server");
  silent = false;
  await bob.page.reload();
  await bob.isOnline();
  await anns.pushedText("written to a silent server");
  anns.close();
});
