import type { PresenceEvent } from "@im-webapp/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import type { RedisServer } from "../support/redis.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** Within which the users of a killed node must look offline, in milliseconds: 6 s of life, 3 of a sweep, 5 of doubt, and a busy machine. */
const KILLED_WITHIN_MS = 25_000;

/** Longest answer to any call while Redis is away, in milliseconds. */
const ANSWER_WITHIN_MS = 3_000;

let backing: Backing;
let redis: RedisServer;
let west: Server;
let east: Server;
const open: Connection[] = [];

beforeAll(async () => {
  backing = await openBacking();
  if (backing.redis === undefined) throw new Error("this suite needs the project's services");
  redis = backing.redis;
  [west, east] = await Promise.all([backing.start(), backing.start()]);
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});
afterAll(async () => {
  await Promise.all([west.stop(), east.stop()]);
  await backing.release();
});

async function connect(person: Person, node: Server): Promise<Connection> {
  const connection = await person.connect(node.url);
  open.push(connection);
  return connection;
}

/** Ann, connected in the west, and Bob, in the east, who have written to each other. */
async function friends() {
  const [ann, bob] = await Promise.all([Person.register(west.url, "Ann"), Person.register(east.url, "Bob")]);
  const annWest = await connect(ann, west);
  const { conversationId } = await sendText(annWest, { userId: bob.userId }, "hello");
  return { ann, bob, annWest, conversationId };
}

const watch = async (connection: Connection, { userId }: Person) =>
  (await connection.ok("presence:watch", { userIds: [userId] })).presence[0];

const hears = (connection: Connection, { userId }: Person, online: boolean, timeoutMs = 20_000) =>
  waitFor(
    (): PresenceEvent | undefined => {
      const last = connection.presence.findLast((event) => event.userId === userId);
      return last?.online === online ? last : undefined;
    },
    { what: `presence of ${String(online)}`, timeoutMs },
  );

const isTyping = (connection: Connection, conversationId: string) =>
  waitFor(() => connection.typing.some((event) => event.conversationId === conversationId && event.typing), {
    what: "typing",
  });

describe("between two nodes", () => {
  it("typing reaches the others, and only them", async () => {
    const { bob, annWest, conversationId } = await friends();
    const eve = await Person.register(east.url, "Eve");
    const [bobEast, eveEast] = await Promise.all([connect(bob, east), connect(eve, east)]);
    await waitFor(
      async () => {
        await annWest.ok("typing:set", { conversationId, typing: true });
        return bobEast.typing.length > 0;
      },
      { what: "typing over the bus" },
    );
    expect(eveEast.typing).toEqual([]);
  });

  it("one hears who comes to the other node, goes from it, or moves on to one's own", async () => {
    const { bob, annWest } = await friends();
    expect(await watch(annWest, bob)).toEqual({ userId: bob.userId, online: false });
    const bobEast = await connect(bob, east);
    await hears(annWest, bob, true);
    bobEast.close();
    const bobWest = await connect(bob, west);
    await bobWest.ok("sync:pull", { cursor: 0 });
    expect(await watch(annWest, bob)).toEqual({ userId: bob.userId, online: true });
    bobWest.close();
    const gone = await hears(annWest, bob, false);
    expect(gone.lastSeenAt).toBeGreaterThan(0);
    expect(annWest.presence.filter(({ userId }) => userId === bob.userId).map(({ online }) => online)).toEqual([
      true,
      false,
    ]);
  });

  it("a setting made at one node shows at the other", async () => {
    const { bob, annWest } = await friends();
    await connect(bob, east);
    await waitFor(async () => (await watch(annWest, bob))?.online === true, { what: "Bob online" });
    await bob.rest("PATCH", "/api/v1/me", { hidePresence: true });
    expect(await hears(annWest, bob, false)).toEqual({ userId: bob.userId, online: false });
  });

  it("signing a device out at one node counts its socket at the other no more", async () => {
    const { bob, annWest } = await friends();
    await connect(bob, east);
    await waitFor(async () => (await watch(annWest, bob))?.online === true, { what: "Bob online" });
    const begun = performance.now();
    await new Promise((resolve, reject) => {
      fetch(`${west.url}/api/v1/auth/logout`, {
        method: "POST",
        headers: { authorization: `Bearer ${bob.token}`, "content-type": "application/json" },
        body: "{}",
      }).then(resolve, reject);
    });
    await hears(annWest, bob, false);
    expect(performance.now() - begun).toBeLessThan(4_500);
  });
});

it("the users of a node that is killed look offline within a bounded time", async () => {
  const { bob, annWest } = await friends();
  const third = await backing.start();
  await connect(bob, third);
  await waitFor(async () => (await watch(annWest, bob))?.online === true, { what: "Bob online" });
  await third.kill();
  await hears(annWest, bob, false, KILLED_WITHIN_MS);
});

it.each([
  ["killed", () => redis.kill(), () => redis.restart()],
  ["hanging", () => Promise.resolve(redis.pause()), () => Promise.resolve(redis.resume())],
])(
  "with Redis %s messages go on, no call hangs, and presence is true again when it is back",
  async (_what, breakIt, mendIt) => {
    const { ann, bob, annWest, conversationId } = await friends();
    const bobEast = await connect(bob, east);
    await waitFor(async () => (await watch(annWest, bob))?.online === true, { what: "Bob online" });
    await breakIt();
    try {
      const begun = performance.now();
      await sendText(annWest, { conversationId }, "without Redis");
      await bobEast.pushedText("without Redis");
      await annWest.ok("typing:set", { conversationId, typing: true });
      await watch(annWest, bob);
      expect(performance.now() - begun).toBeLessThan(2 * ANSWER_WITHIN_MS);
      // One who comes to the same node is known there.
      const annsTablet = await connect(await ann.login(east.url), east);
      expect(await watch(bobEast, ann)).toEqual({ userId: ann.userId, online: true });
      annsTablet.close();
      expect(annWest.presence.filter(({ userId, online }) => userId === bob.userId && !online)).toEqual([]);
    } finally {
      await mendIt();
    }
    const cid = await Person.register(east.url, "Cid");
    await sendText(annWest, { userId: cid.userId }, "hi");
    await watch(annWest, cid);
    await connect(cid, east);
    await hears(annWest, cid, true);
    await waitFor(
      async () => {
        await annWest.ok("typing:set", { conversationId, typing: true });
        return bobEast.typing.length > 0;
      },
      { what: "typing over the bus again" },
    );
    await isTyping(bobEast, conversationId);
  },
);
