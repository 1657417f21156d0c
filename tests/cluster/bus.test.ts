import { randomUUID } from "node:crypto";
import type { Group } from "@im-webapp/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Device } from "../support/device.ts";
import { Person, historyAll, pullAll } from "../support/people.ts";
import type { RedisServer } from "../support/redis.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** Groups above this size are large. */
const FANOUT_MAX_MEMBERS = 3;

/** What the issue allows between a commit at one node and its push at another without the bus, in milliseconds. */
const WITHOUT_BUS_MS = 2_000;

/** Over the bus, in milliseconds: far below any look at the database, far above what a busy machine adds. */
const WITH_BUS_MS = 450;

/** How long the bus may take to come back after Redis has, in milliseconds: its longest pause between attempts is 2 s. */
const BACK_WITHIN_MS = 15_000;

let backing: Backing;
let redis: RedisServer;
let west: Server;
let east: Server;
const devices: Device[] = [];

beforeAll(async () => {
  backing = await openBacking();
  if (backing.redis === undefined) throw new Error("this suite needs the project's services");
  redis = backing.redis;
  const env = { FANOUT_MAX_MEMBERS: String(FANOUT_MAX_MEMBERS) };
  [west, east] = await Promise.all([backing.start({ env }), backing.start({ env })]);
});

afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()));
});

afterAll(async () => {
  await Promise.all([west.stop(), east.stop()]);
  await backing.release();
});

/** A device that pulls only when the rule says so: after connecting, and for holes. */
async function follow(person: Person, node: Server): Promise<Device> {
  const device = new Device({ urls: () => [node.url], token: person.token }).start();
  devices.push(device);
  await waitFor(() => device.isConnected, { what: "a connection" });
  await device.complete();
  return device;
}

/** Ann in the west; Bob and the others in the east; a direct conversation, a group of three and a large one. */
async function town() {
  const [ann, bob, cid, dai] = await Promise.all(
    ["Ann", "Bob", "Cid", "Dai"].map((name, index) => Person.register(index === 0 ? west.url : east.url, name)),
  );
  if (!ann || !bob || !cid || !dai) throw new Error("four people");
  const small = await ann.createGroup("Small", [bob, cid]);
  const large = await ann.createGroup("Large", [bob, cid, dai]);
  const annWest = await follow(ann, west);
  const [bobEast, cidEast] = await Promise.all([follow(bob, east), follow(cid, east)]);
  const { conversationId: direct } = await annWest.send({ userId: bob.userId }, "hello");
  await waitFor(() => bobEast.texts(direct).includes("hello"), { what: "the first message" });
  return { ann, bob, cid, dai, small, large, direct, annWest, bobEast, cidEast };
}

type Town = Awaited<ReturnType<typeof town>>;

/** Sends one message to each conversation, and gives how long the last one took to reach everybody in the east. */
async function round({ annWest, bobEast, cidEast, small, large, direct }: Town, text: string): Promise<number> {
  const begun = performance.now();
  await Promise.all([
    annWest.send({ conversationId: direct }, text),
    annWest.send({ groupId: small.groupId }, text),
    annWest.send({ groupId: large.groupId }, text),
  ]);
  await waitFor(
    () =>
      bobEast.texts(direct).includes(text) &&
      [bobEast, cidEast].every((device) =>
        [small, large].every(({ conversationId }) => device.texts(conversationId).includes(text)),
      ),
    { what: `the push of ${text}` },
  );
  return performance.now() - begun;
}

/** Rounds, until `count` in a row were as quick as over the bus. */
async function untilPushed(people: Town, count: number): Promise<void> {
  let inARow = 0;
  await waitFor(
    async () => {
      inARow = (await round(people, `again ${randomUUID()}`)) < WITH_BUS_MS ? inARow + 1 : 0;
      return inARow >= count;
    },
    { what: "pushes over the bus", timeoutMs: BACK_WITHIN_MS },
  );
}

/** What each device has by push alone is what the stores hold. */
async function expectWhole({ annWest, bobEast, cidEast, small, large, direct }: Town): Promise<void> {
  const everybody = [annWest, bobEast, cidEast];
  for (const device of everybody) {
    const connection = device.connection;
    if (!connection) throw new Error("not connected");
    const timeline = await pullAll(connection);
    await waitFor(() => device.cursor === timeline.length, { what: "all entries" });
    expect(device.entries.map(({ seq }) => seq)).toEqual(timeline.map((_, index) => index + 1));
    const conversationIds = [small.conversationId, large.conversationId, ...(device === cidEast ? [] : [direct])];
    for (const conversationId of conversationIds) {
      const history = await historyAll(connection, conversationId);
      const texts = history.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
      await waitFor(() => device.texts(conversationId).length >= texts.length, { what: "all messages" });
      expect(device.texts(conversationId)).toEqual(texts);
    }
  }
}

describe("without its bus", () => {
  it.each([
    ["Redis is killed", () => redis.kill(), () => redis.restart()],
    ["Redis hangs", () => Promise.resolve(redis.pause()), () => Promise.resolve(redis.resume())],
  ])(
    "when %s delivery goes on through the database, and by push again when it is back",
    async (_what, breakIt, mendIt) => {
      const people = await town();
      await untilPushed(people, 3);
      await breakIt();
      try {
        for (let number = 0; number < 5; number += 1) {
          expect(await round(people, `without ${number} ${randomUUID()}`)).toBeLessThan(WITHOUT_BUS_MS);
        }
        // Edits and reactions as well; sessions begin and end; acknowledgements never waited for the bus.
        const { conversationId } = people.large;
        const { seq, tookMs } = await people.annWest.send({ conversationId }, "to be edited");
        expect(tookMs).toBeLessThan(WITH_BUS_MS);
        const begun = performance.now();
        await people.annWest.ok("message:edit", { conversationId, seq, content: { kind: "text", text: "edited" } });
        await waitFor(() => people.bobEast.texts(conversationId).includes("edited"), { what: "the push of the edit" });
        expect(performance.now() - begun).toBeLessThan(WITHOUT_BUS_MS);
        const eve = await Person.register(east.url, "Eve");
        await eve.rest("POST", "/api/v1/auth/logout");
      } finally {
        await mendIt();
      }
      await untilPushed(people, 3);
      await expectWhole(people);
    },
  );

  it("a member removed from a large group at one node hears nothing more at the other, which never heard of it", async () => {
    const people = await town();
    const { ann, bob, large, annWest, bobEast, cidEast } = people;
    await untilPushed(people, 1);
    await redis.kill();
    try {
      await ann.rest("DELETE", `/api/v1/groups/${large.groupId}/members/${bob.userId}`);
      // Four were large, three are not: another comes, so that the messages go to nobody's timeline.
      const [eve, flo] = [await Person.register(west.url, "Eve"), await Person.register(west.url, "Flo")];
      await ann.rest("POST", `/api/v1/groups/${large.groupId}/members`, { userIds: [eve.userId, flo.userId] });
      await annWest.send({ groupId: large.groupId }, "not for Bob");
      await waitFor(() => cidEast.texts(large.conversationId).includes("not for Bob"), { what: "the message" });
    } finally {
      await redis.restart();
    }
    await untilPushedTo(people, large);
    const heard = bobEast.pushed.flatMap(({ groups }) => groups.flatMap(({ messages }) => messages));
    const forBob = heard.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
    expect(forBob.filter((text) => text.startsWith("not for Bob"))).toEqual([]);
    expect(bobEast.texts(large.conversationId).filter((text) => text.startsWith("not for Bob"))).toEqual([]);
    expect(bobEast.entries.at(-1)).toMatchObject({ message: { content: { event: "member.removed" } } });
  });
});

/** Messages to a group that Cid hears of, until one comes by push. */
async function untilPushedTo({ annWest, cidEast }: Town, { groupId, conversationId }: Group): Promise<void> {
  await waitFor(
    async () => {
      const text = `not for Bob ${randomUUID()}`;
      const begun = performance.now();
      await annWest.send({ groupId }, text);
      await waitFor(() => cidEast.texts(conversationId).includes(text), { what: "the message" });
      return performance.now() - begun < WITH_BUS_MS;
    },
    { what: "a push over the bus", timeoutMs: BACK_WITHIN_MS },
  );
}
