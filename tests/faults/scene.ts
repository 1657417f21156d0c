import type { Device } from "../support/device.ts";
import { Person, bootstrapAll, historyAll, pullAll } from "../support/people.ts";
import { seededRandom } from "../support/random.ts";
import { waitFor, within } from "../support/wait-for.ts";
import { Actor, type Places } from "./actor.ts";
import type { DeviceState, History, Reading } from "./history.ts";
import { openDirect } from "./open-direct.ts";
import { Record } from "./record.ts";
import { FANOUT_MAX_MEMBERS, type World } from "./world.ts";

const NAMES = ["Ann", "Bob", "Cid", "Dai", "Eve", "Flo"] as const;

/** How long it may take, after the last fault, until all that was sent is answered and all devices are complete, in ms. */
const SETTLE_MS = 90_000;

/**
 * People who act through faults: a ring of direct conversations, a group that is written to each timeline, one that is
 * large, and one that crosses the threshold as people come and go.
 */
export class Scene {
  readonly record: Record;
  readonly #url: string;
  readonly #actors: readonly Actor[];
  readonly #members: ReadonlyMap<string, ReadonlySet<string>>;

  private constructor(
    record: Record,
    url: string,
    actors: readonly Actor[],
    members: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.record = record;
    this.#url = url;
    this.#actors = actors;
    this.#members = members;
  }

  static async prepare(world: World, seed: number): Promise<Scene> {
    const urls = world.nodes.map(({ url }) => url);
    const [url] = urls;
    if (url === undefined) throw new Error("a world has nodes");
    const people = await Promise.all(NAMES.map((name) => Person.register(url, name)));
    const [owner, ...others] = people;
    if (owner === undefined) throw new Error("a scene has people");

    const record = new Record();
    const members = new Map<string, Set<string>>();
    for (const [index, person] of people.entries()) {
      const peer = people[(index + 1) % people.length] ?? owner;
      const attempt = await openDirect(person, peer);
      members.set(attempt.conversationId, new Set([person.userId, peer.userId]));
      record.attempts.push(attempt);
    }
    const few = others.slice(0, 2);
    const three = await owner.createGroup("Three", few);
    const all = await owner.createGroup("All", others);
    const changing = await owner.createGroup("Changing", others.slice(0, FANOUT_MAX_MEMBERS - 1));
    // Who is in them, they say themselves.
    for (const { conversationId } of [three, all, changing]) members.set(conversationId, new Set());

    const actors = await Promise.all(
      people.map(async (person, index) => {
        const direct = [...members].filter(([, users]) => users.has(person.userId)).map(([id]) => id);
        const inThree = person === owner || few.includes(person);
        const places: Places = {
          conversationIds: [
            ...direct,
            ...(inThree ? [three.conversationId] : []),
            all.conversationId,
            changing.conversationId,
          ],
          changing: {
            groupId: changing.groupId,
            ownerId: owner.userId,
            others: others.map(({ userId }) => userId),
          },
        };
        const tablet = await person.login();
        const tokens = [person.token, tablet.token];
        return new Actor(person, tokens, urls, places, seededRandom(seed + index + 1), record);
      }),
    );
    return new Scene(record, url, actors, members);
  }

  /** Everybody acts until `goOn` says no and all that they sent is answered. */
  async act(goOn: () => boolean): Promise<void> {
    await Promise.all(this.#actors.map((actor) => actor.run(goOn)));
  }

  /** Waits, once nothing is broken any more, for `acting` to end and for every device to have caught up. */
  async settle(acting: Promise<void>): Promise<void> {
    await within(acting, SETTLE_MS, "messages without an answer after everything was mended");
    for (const device of this.#devices) {
      await waitFor(
        async () => {
          await device.complete();
          return true;
        },
        { timeoutMs: SETTLE_MS, what: "a complete device" },
      );
    }
  }

  /** Reads all that each person may read, as a device without any state would. */
  async read(): Promise<History> {
    const readings: Reading[] = [];
    for (const { person, devices } of this.#actors) {
      // What a node still holds of a way that was half-open may fail once more, and is then not used again.
      const reading = await waitFor(() => this.#readAs(person, devices), { timeoutMs: SETTLE_MS, what: "a reading" });
      readings.push(reading);
    }
    const { attempts, changes, reads } = this.record;
    return { attempts, changes, reads, members: this.#members, readings, fanoutMaxMembers: FANOUT_MAX_MEMBERS };
  }

  async #readAs(person: Person, devices: readonly Device[]): Promise<Reading> {
    const connection = await person.connect(this.#url);
    try {
      const { conversations: list } = await bootstrapAll(connection);
      const conversations = new Map<string, Awaited<ReturnType<typeof historyAll>>>();
      for (const { conversationId } of list) {
        conversations.set(conversationId, await historyAll(connection, conversationId));
      }
      return {
        userId: person.userId,
        timeline: await pullAll(connection),
        conversations,
        list,
        pushed: devices.flatMap(({ pushed }) => pushed.map(({ entries }) => entries)),
        groupPushed: devices.flatMap(({ pushed }) => pushed.flatMap(({ groups }) => groups)),
        devices: devices.map((device, index) => stateOf(device, `${person.displayName} ${index}`)),
      };
    } finally {
      connection.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#actors.map((actor) => actor.stop()));
  }

  get #devices(): Device[] {
    return this.#actors.flatMap(({ devices }) => devices);
  }
}

function stateOf({ book, entries }: Device, name: string): DeviceState {
  const messagesOf = (id: string) => [...book.of(id).messages.values()].toSorted((a, b) => a.seq - b.seq);
  return { name, entries, conversations: new Map([...book.conversationIds].map((id) => [id, messagesOf(id)])) };
}
