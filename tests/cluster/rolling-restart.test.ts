import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Device } from "../support/device.ts";
import { Person, historyAll, pullAll } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** What the issue allows a client to wait for an answer while nodes are replaced, in milliseconds. */
const LONGEST_WAIT_MS = 3_000;

/** Messages that everybody must have sent between two steps: the load goes on through all of it. */
const BETWEEN_STEPS = 50;

const NAMES = ["Ann", "Bob", "Cid", "Dai", "Eve", "Flo"] as const;

/** Nodes that were stopped in the course of the test stay undefined here. */
let backing: Backing;
const nodes: Server[] = [];

beforeAll(async () => {
  backing = await openBacking();
  nodes.push(...(await Promise.all([backing.start(), backing.start()])));
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await backing.release();
});

/** Sends numbered texts, each when the one before is acknowledged, for as long as `goOn` says. */
class Talker {
  readonly device: Device;
  readonly conversationId: string;
  readonly name: string;
  sent = 0;
  longestMs = 0;

  constructor(device: Device, conversationId: string, name: string) {
    this.device = device;
    this.conversationId = conversationId;
    this.name = name;
  }

  async talk(goOn: () => boolean): Promise<void> {
    while (goOn()) {
      const { tookMs } = await this.device.send({ conversationId: this.conversationId }, `${this.name} ${this.sent}`);
      this.sent += 1;
      this.longestMs = Math.max(this.longestMs, tookMs);
    }
  }

  get texts(): string[] {
    return Array.from({ length: this.sent }, (_, index) => `${this.name} ${index}`);
  }
}

it("replacing both nodes, one after the other, under load loses, repeats and reorders nothing, and nobody waits long", async () => {
  const [first] = nodes;
  if (!first) throw new Error("a node");
  const people = await Promise.all(NAMES.map((name) => Person.register(first.url, name)));
  const [owner, ...others] = people;
  const { conversationId: group } = await owner!.createGroup("Everybody", others);
  const devices = people.map((person, index) => {
    // Each begins at another node than the next, and goes to whichever is there.
    const urls = () => (index % 2 === 0 ? nodes : nodes.toReversed()).map(({ url }) => url);
    return new Device({ urls, token: person.token }).start();
  });
  try {
    await waitFor(() => devices.every((device) => device.isConnected), { what: "all connections" });
    const talkers: Talker[] = [];
    for (const [index, device] of devices.entries()) {
      const peer = people[(index + 1) % people.length]!;
      const name = NAMES[index]!;
      const { conversationId } = await device.send({ userId: peer.userId }, `${name} begins`);
      talkers.push(new Talker(device, conversationId, `${name} directly`), new Talker(device, group, `${name} to all`));
    }

    let talking = true;
    const talk = Promise.all(talkers.map((talker) => talker.talk(() => talking)));
    const someMore = async () => {
      const goals = talkers.map(({ sent }) => sent + BETWEEN_STEPS);
      await waitFor(() => talkers.every(({ sent }, index) => sent >= goals[index]!), {
        what: "messages of everybody",
        timeoutMs: 30_000,
      });
    };
    for (const index of [0, 1]) {
      await someMore();
      const [leaving] = nodes.splice(index, 1);
      await leaving?.stop();
      await someMore();
      nodes.splice(index, 0, await backing.start());
    }
    await someMore();
    talking = false;
    await talk;

    const longest = Math.max(...talkers.map(({ longestMs }) => longestMs));
    const total = talkers.reduce((sum, { sent }) => sum + sent, 0);
    console.log(`${total} messages through two restarts; the longest wait was ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(LONGEST_WAIT_MS);
    for (const { device, conversationId, name, texts } of talkers) {
      const connection = await waitFor(() => device.isConnected && device.connection, { what: "a connection" });
      const history = await historyAll(connection, conversationId);
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
      const own = history.flatMap(({ content }) =>
        content.kind === "text" && content.text.startsWith(`${name} `) ? [content.text] : [],
      );
      expect(own).toEqual(texts);
    }
    for (const device of devices) {
      const connection = await waitFor(() => device.isConnected && device.connection, { what: "a connection" });
      const timeline = await pullAll(connection);
      await waitFor(() => device.cursor === timeline.length, { what: "all entries at every device" });
      expect(device.entries.map(({ seq }) => seq)).toEqual(timeline.map(({ seq }) => seq));
      expect(device.texts(group)).toEqual(devices[0]!.texts(group));
    }
  } finally {
    await Promise.all(devices.map((device) => device.stop()));
  }
});
