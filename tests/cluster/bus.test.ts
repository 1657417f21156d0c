import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person, pullAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

let backing: Backing;
let west: Server;
let east: Server;

beforeAll(async () => {
  backing = await openBacking();
  [west, east] = await Promise.all([backing.start(), backing.start()]);
});

afterAll(async () => {
  await Promise.all([west.stop(), east.stop()]);
  await backing.release();
});

it("without its bus each node goes on, pull completes what push lacks, and push comes back with the bus", async () => {
  const ann = await Person.register(west.url, "Ann");
  const bob = await Person.register(east.url, "Bob");
  const [annWest, bobEast] = await Promise.all([ann.connect(), bob.connect()]);
  await sendText(annWest, { userId: bob.userId }, "with the bus");
  await bobEast.pushedText("with the bus");

  await backing.redis?.kill();
  // Acknowledged as ever: the bus is never on the way of a commit.
  const texts = Array.from({ length: 20 }, (_, index) => `without the bus ${index}`);
  for (const text of texts) await sendText(annWest, { userId: bob.userId }, text);
  const cursor = bobEast.pushed.at(-1)?.seq ?? 0;
  const pulled = (await pullAll(bobEast, cursor)).flatMap((entry) =>
    entry.type === "message" && entry.message.content.kind === "text" ? [entry.message.content.text] : [],
  );
  expect(pulled).toEqual(texts);
  // Sessions begin and end without it.
  const cid = await Person.register(east.url, "Cid");
  await cid.rest("POST", "/api/v1/auth/logout");

  await backing.redis?.restart();
  let tries = 0;
  await waitFor(
    async () => {
      tries += 1;
      await sendText(annWest, { userId: bob.userId }, `with the bus again ${tries}`);
      return bobEast.pushed.some(
        (entry) =>
          entry.type === "message" &&
          entry.message.content.kind === "text" &&
          entry.message.content.text.startsWith("with the bus again"),
      );
    },
    { what: "a push over the bus that came back", timeoutMs: 30_000 },
  );
  annWest.close();
  bobEast.close();
});
