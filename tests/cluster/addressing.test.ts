import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** A channel of one node; signs of life and the like go to everybody's. */
const NODE_CHANNEL = "im:bus:2:node:*";

let backing: Backing;
let redis: Redis;
let west: Server;
let east: Server;
let north: Server;

beforeAll(async () => {
  backing = await openBacking();
  if (backing.redis === undefined) throw new Error("this suite needs the project's services");
  redis = new Redis(backing.redis.url);
  [west, east, north] = await Promise.all([backing.start(), backing.start(), backing.start()]);
});

afterAll(async () => {
  redis.disconnect();
  await Promise.all([west.stop(), east.stop(), north.stop()]);
  await backing.release();
});

it("a commit is one message to each node that has a recipient, and none to the others", async () => {
  /** Texts of messages on the bus, by the channel that carried them. */
  const carried = new Map<string, string[]>();
  redis.on("pmessage", (_pattern: string, channel: string, envelope: string) => {
    const found = envelope.match(/"text":"([^"]*)"/)?.[1];
    if (found !== undefined) carried.set(channel, [...(carried.get(channel) ?? []), found]);
  });
  await redis.psubscribe(NODE_CHANNEL);
  const channelsOf = (text: string) => [...carried].filter(([, texts]) => texts.includes(text)).map(([name]) => name);

  const [ann, bob, cid] = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(west.url, name)));
  const sockets = await Promise.all([ann!.connect(west.url), bob!.connect(east.url), cid!.connect(north.url)]);
  const [annWest, bobEast, cidNorth] = sockets;
  const group = await ann!.createGroup("Three", [bob!, cid!]);

  // Until the nodes have told each other who is where, everybody gets everything.
  let number = 0;
  await waitFor(
    async () => {
      number += 1;
      const text = `settling ${number}`;
      await sendText(annWest, { userId: bob!.userId }, text);
      await bobEast.pushedText(text);
      return channelsOf(text).length === 1;
    },
    { what: "knowledge of who is where" },
  );
  const [toEast] = channelsOf(`settling ${number}`);

  await sendText(annWest, { userId: cid!.userId }, "for the north");
  await cidNorth.pushedText("for the north");
  expect(channelsOf("for the north")).toHaveLength(1);
  expect(channelsOf("for the north")).not.toContain(toEast);

  await sendText(annWest, { groupId: group.groupId }, "for both");
  await Promise.all([bobEast.pushedText("for both"), cidNorth.pushedText("for both")]);
  await waitFor(() => channelsOf("for both").length === 2, { what: "both messages" });
  expect(new Set(channelsOf("for both"))).toEqual(new Set([toEast, ...channelsOf("for the north")]));

  // Nobody of hers is elsewhere.
  const annsTablet = await ann!.login(west.url);
  const tablet = await annsTablet.connect(west.url);
  await sendText(annWest, { userId: ann!.userId }, "to myself");
  await tablet.pushedText("to myself");
  // What a later message to both nodes carries shows that nothing came before it.
  await sendText(annWest, { groupId: group.groupId }, "afterwards");
  await waitFor(() => channelsOf("afterwards").length === 2, { what: "both messages" });
  expect(channelsOf("to myself")).toEqual([]);
  for (const texts of carried.values()) expect(texts).toEqual([...new Set(texts)]);
  for (const socket of [...sockets, tablet]) socket.close();
});
