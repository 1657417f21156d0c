import { Redis } from "ioredis";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import type { BusMessage } from "../../core/delivery/ports.ts";
import { testRedisUrl } from "../testing/redis-url.ts";
import { RedisBus } from "./redis-bus.ts";
import { busConformance, numbered } from "./testing/bus.conformance.ts";

/** Reconnecting takes 100 ms at first; on a busy machine more, in milliseconds. */
const PATIENCE = { timeout: 15_000 };

const log = pino({ level: "silent" });
const buses: RedisBus[] = [];

/** A node's end of the bus, with what it hears. */
class Node {
  readonly bus: RedisBus;
  readonly heard: BusMessage[] = [];
  /** Whether its listener throws after it has heard something. */
  fails = false;

  /** @param users connected there: by default the recipient of every `numbered` message */
  constructor(name: string, { url = testRedisUrl(), users = ["ann"] }: { url?: string; users?: string[] } = {}) {
    this.bus = new RedisBus(url, name, log);
    buses.push(this.bus);
    for (const userId of users) this.bus.userConnected(userId);
    this.bus.subscribe((message) => {
      this.heard.push(message);
      if (this.fails) throw new Error("a fault of the listener");
    });
  }

  /** The numbers of the messages heard, without those that were only to find out whether anybody hears. */
  get numbers(): number[] {
    return this.heard.flatMap((message) =>
      message.kind === "commit" && message.packet.at >= 0 ? [message.packet.at] : [],
    );
  }
}

/** Waits until every node hears every other one. */
async function meet(...nodes: Node[]): Promise<void> {
  for (const node of nodes) {
    for (const other of nodes) {
      if (node === other) continue;
      const before = other.heard.length;
      await expect
        .poll(() => {
          node.bus.publish(numbered(-1));
          return other.heard.length;
        }, PATIENCE)
        .toBeGreaterThan(before);
    }
  }
}

/** Breaks the connections of the bus, which Redis knows by name. */
async function breakConnections(name = "bus-"): Promise<number> {
  const redis = new Redis(testRedisUrl());
  try {
    const clients = String(await redis.client("LIST")).split("\n");
    const ids = clients
      .filter((line) => line.includes(`name=im-${name}`))
      .map((line) => /\bid=(\d+)/.exec(line)?.[1] ?? "");
    for (const id of ids) await redis.client("KILL", "ID", id);
    return ids.length;
  } finally {
    redis.disconnect();
  }
}

afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
});

busConformance(() => new RedisBus(testRedisUrl(), "alone", log));

describe("a bus over Redis", () => {
  it("brings every node what the others publish, in each one's order", async () => {
    const [west, east, north] = [new Node("west"), new Node("east"), new Node("north")];
    await meet(west, east, north);
    for (let n = 0; n < 500; n += 1) {
      west.bus.publish(numbered(n));
      east.bus.publish(numbered(1_000 + n));
    }
    await expect.poll(() => north.numbers.length, PATIENCE).toBe(1_000);
    const from = (first: number, numbers: number[]) => numbers.filter((n) => n >= first && n < first + 1_000);
    const sent = (first: number) => Array.from({ length: 500 }, (_, index) => first + index);
    expect([from(0, north.numbers), from(1_000, north.numbers)]).toEqual([sent(0), sent(1_000)]);
    for (const node of [west, east]) await expect.poll(() => node.numbers.length, PATIENCE).toBe(500);
    expect([west.numbers, east.numbers]).toEqual([sent(1_000), sent(0)]);
  });

  it("carries a message whole, whatever is in it", async () => {
    const [west, east] = [new Node("west"), new Node("east")];
    await meet(west, east);
    const text = `中文 👩‍👩‍👧‍👦 "\\\n\u0000 ${"x".repeat(500_000)}`;
    const message: BusMessage = { kind: "device-ended", userId: text, deviceId: "phone", reason: "logout" };
    const before = east.heard.length;
    west.bus.publish(message);
    await expect.poll(() => east.heard.length, PATIENCE).toBe(before + 1);
    expect(east.heard.at(-1)).toEqual(message);
  });

  it("outlives what it does not understand, and a listener that fails", async () => {
    const [west, east] = [new Node("west"), new Node("east")];
    east.fails = true;
    await meet(west, east);
    const redis = new Redis(testRedisUrl());
    for (const rubbish of ["", "{", "null", "7", '{"from":"west"', "[]"]) await redis.publish("im:bus:2:all", rubbish);
    redis.disconnect();
    west.bus.publish(numbered(1));
    await expect.poll(() => east.numbers, PATIENCE).toEqual([1]);
  });

  it("whose way out was broken at one node makes the others look as well: what they lack, they cannot know", async () => {
    const [west, east] = [new Node("west"), new Node("east")];
    await meet(west, east);
    await expect.poll(() => west.bus.isHealthy && east.bus.isHealthy, PATIENCE).toBe(true);
    expect(await breakConnections("bus-publisher")).toBe(2);
    await expect.poll(() => east.bus.isHealthy, { ...PATIENCE, interval: 10 }).toBe(false);
    await expect.poll(() => east.bus.isHealthy, PATIENCE).toBe(true);
  });

  it("comes back by itself when its connections break; what is published meanwhile may be lost", async () => {
    const [west, east] = [new Node("west"), new Node("east")];
    await meet(west, east);
    expect(await breakConnections()).toBe(4);
    for (let n = 0; n < 10; n += 1) expect(() => west.bus.publish(numbered(n))).not.toThrow();
    await meet(west, east);
    west.bus.publish(numbered(100));
    await expect.poll(() => east.numbers.at(-1), PATIENCE).toBe(100);
    expect(east.numbers, "nothing comes twice or late").toEqual([...new Set(east.numbers)].toSorted((a, b) => a - b));
  });

  it("without a Redis loses what is published, and ends all the same", async () => {
    const alone = new Node("alone", { url: "redis://127.0.0.1:1" });
    alone.bus.publish(numbered(1));
    await alone.bus.close();
    expect(alone.heard).toEqual([]);
  });

  it("says that it is well only while nothing can have got lost of late", async () => {
    const [west, east] = [new Node("west"), new Node("east")];
    await meet(west, east);
    await expect.poll(() => west.bus.isHealthy && east.bus.isHealthy, PATIENCE).toBe(true);

    const broken = new Node("broken", { url: "redis://127.0.0.1:1" });
    expect(broken.bus.isHealthy).toBe(false);

    // One that ends in order says so, and is missed by nobody.
    await east.bus.close();
    await expect.poll(() => west.bus.isHealthy, PATIENCE).toBe(true);
    const north = new Node("north");
    await meet(west, north);
    await expect.poll(() => west.bus.isHealthy && north.bus.isHealthy, PATIENCE).toBe(true);
    // They are back within a tenth of a second, but what was published meanwhile is lost.
    await breakConnections();
    await expect.poll(() => west.bus.isHealthy && north.bus.isHealthy, { ...PATIENCE, interval: 10 }).toBe(false);
    await expect.poll(() => west.bus.isHealthy && north.bus.isHealthy, PATIENCE).toBe(true);
  });
});

/** What is published for these users, as it travels. */
const commitFor = (at: number, ...userIds: string[]): BusMessage => ({
  kind: "commit",
  packet: {
    at,
    drafts: userIds.map((conversationId) => ({ type: "conversation", conversationId })),
    recipients: userIds.map((userId, index) => [userId, [[7, index]]]),
    groups: [],
  },
});

describe("a commit", () => {
  it("travels only to nodes that have a recipient, each with what concerns its own", async () => {
    const west = new Node("west");
    const [east, north] = [new Node("east", { users: ["ann", "bob"] }), new Node("north", { users: ["cid"] })];
    const marks = (node: Node) =>
      node.heard.flatMap((m) => (m.kind === "commit" && m.packet.at === 1 ? [m.packet] : []));
    await expect
      .poll(() => {
        west.bus.publish(commitFor(0, "bob", "cid"));
        return east.heard.length > 0 && north.heard.length > 0;
      }, PATIENCE)
      .toBe(true);
    // Until the others' lists are there everybody gets everything, which is too much and never too little. A commit
    // behind one for nobody shows when it would have come.
    let number = 1_000;
    await expect
      .poll(async () => {
        number += 2;
        west.bus.publish(commitFor(number, "nobody"));
        west.bus.publish(commitFor(number + 1, "bob", "cid"));
        const heard = (node: Node) => node.numbers.filter((n) => n >= number);
        await expect.poll(() => [heard(east), heard(north)].every((n) => n.includes(number + 1)), PATIENCE).toBe(true);
        return [...heard(east), ...heard(north)];
      }, PATIENCE)
      .toSatisfy((numbers: number[]) => numbers.length === 2);
    west.bus.publish(commitFor(1, "bob", "cid"));
    await expect.poll(() => [marks(east).length, marks(north).length], PATIENCE).toEqual([1, 1]);
    expect(marks(east)[0]).toEqual({
      at: 1,
      drafts: [{ type: "conversation", conversationId: "bob" }],
      recipients: [["bob", [[7, 0]]]],
      groups: [],
    });
    expect(marks(north)[0]?.recipients).toEqual([["cid", [[7, 0]]]]);
    west.bus.publish(commitFor(1, "cid"));
    await expect.poll(() => marks(north).length, PATIENCE).toBe(2);
    expect(marks(east)).toHaveLength(1);
  });

  it("follows somebody who has moved to another node", async () => {
    const [west, east, north] = [
      new Node("west"),
      new Node("east", { users: ["bob"] }),
      new Node("north", { users: [] }),
    ];
    let number = 0;
    const reaches = (node: Node) =>
      expect
        .poll(() => {
          number += 1;
          west.bus.publish(commitFor(number, "bob"));
          return node.heard.some((message) => message.kind === "commit" && message.packet.at > number - 5);
        }, PATIENCE)
        .toBe(true);
    await reaches(east);
    east.bus.userDisconnected("bob");
    north.bus.userConnected("bob");
    number += 10;
    await reaches(north);
  });
});
