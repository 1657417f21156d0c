import type { Endpoint, Person } from "../subjects/subject.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { type Connecting, Fleet } from "./fleet.ts";
import { type Timing, type Traffic, acquaint, closedLoop, openLoop } from "./load.ts";
import { type Latencies, type Load, latenciesOf } from "./tally.ts";

/** What a generator can be asked to do: the name and argument of each command, and what it answers. */
export interface Commands {
  /** Connects people; further commands speak of them by their place in this order. */
  connect: (options: { endpoint: Endpoint; people: readonly Person[]; atOnce: number }) => Promise<Connecting>;
  /** Everybody enters the group. */
  enter: (options: { group: string }) => Promise<void>;
  /** Everybody who will send to one of their own sends a first message. */
  acquaint: () => Promise<void>;
  /** The first half of those who are connected send to the second half, each to one of their own. */
  direct: (options: { load: { window: number } | { rate: number }; timing: Timing }) => Promise<Load>;
  /** The first `senders` send to the group that all are in. */
  group: (options: { group: string; senders: number; window: number; timing: Timing }) => Promise<Load>;
  /** The first `readers` read all that they lack, side by side, in pages of `limit`. */
  catchUp: (options: { readers: number; limit: number }) => Promise<{ messages: number; seconds: number }>;
  /** For so many seconds, each client makes its own call again and again; clients beyond the payloads rest. */
  calls: (options: { event: string; payloads: readonly string[]; seconds: number }) => Promise<Calls>;
  /** Every connection breaks, and all come back at once and ask for what they lack. */
  storm: () => Promise<Connecting>;
  /** Breaks every connection. */
  cut: () => Promise<void>;
}

/** What calls made in a closed loop brought. */
export interface Calls {
  readonly calls: number;
  readonly seconds: number;
  readonly latencies: Latencies;
}

/** How many enter a group at the same time. */
const ENTER_AT_ONCE = 20;

/** After a cut, time for the server to notice, in milliseconds: a storm is not the same as sockets that linger. */
const AFTER_CUT_MS = 300;

/** Carries the commands out, one after the other. */
export class Worker implements Commands {
  #fleet: Fleet | undefined;
  #people: readonly Person[] = [];
  #endpoint: Endpoint | undefined;

  connect: Commands["connect"] = async ({ endpoint, people, atOnce }) => {
    this.#fleet ??= new Fleet(endpoint);
    this.#endpoint = endpoint;
    this.#people = [...this.#people, ...people];
    return this.#fleet.connect(people, atOnce);
  };

  enter: Commands["enter"] = async ({ group }) => {
    const { clients } = this.#connected;
    for (let start = 0; start < clients.length; start += ENTER_AT_ONCE) {
      await Promise.all(clients.slice(start, start + ENTER_AT_ONCE).map((client) => client.enter(group)));
    }
  };

  acquaint: Commands["acquaint"] = () => acquaint(this.#connected, this.#directTraffic());

  direct: Commands["direct"] = ({ load, timing }) => {
    const fleet = this.#connected;
    const traffic = this.#directTraffic();
    return "window" in load
      ? closedLoop(fleet, traffic, load.window, timing)
      : openLoop(fleet, traffic, load.rate, timing);
  };

  #directTraffic(): Traffic {
    const fleet = this.#connected;
    const pairs = Math.floor(fleet.clients.length / 2);
    const recipients = new Set(fleet.clients.slice(pairs));
    return {
      senders: fleet.clients.slice(0, pairs).map((client, index) => ({
        client,
        target: { kind: "person", address: fleet.clients[pairs + index]?.person.address ?? "" },
      })),
      recipients: 1,
      counts: (client) => recipients.has(client),
    };
  }

  group: Commands["group"] = ({ group, senders, window, timing }) => {
    const fleet = this.#connected;
    const traffic: Traffic = {
      senders: fleet.clients.slice(0, senders).map((client) => ({ client, target: { kind: "group", address: group } })),
      recipients: fleet.clients.length,
      counts: () => true,
    };
    return closedLoop(fleet, traffic, window, timing);
  };

  catchUp: Commands["catchUp"] = async ({ readers, limit }) => {
    const { clients } = this.#connected;
    const startedAt = performance.now();
    const read = await Promise.all(
      clients.slice(0, readers).map(async (client) => {
        let messages = 0;
        for (let cursor = ""; ;) {
          const page = await client.pull(cursor, limit);
          messages += page.messages;
          if (!page.more || page.messages === 0) return messages;
          cursor = page.cursor;
        }
      }),
    );
    return { messages: read.reduce((sum, count) => sum + count, 0), seconds: (performance.now() - startedAt) / 1000 };
  };

  calls: Commands["calls"] = async ({ event, payloads, seconds }) => {
    const { clients } = this.#connected;
    const times: number[] = [];
    const startedAt = performance.now();
    const until = startedAt + seconds * 1000;
    await Promise.all(
      payloads.map(async (payload, index) => {
        const client = clients[index];
        if (!client) throw new Error("there are more payloads than clients");
        for (let at = performance.now(); at < until; at = performance.now()) {
          await client.call(event, payload);
          times.push(performance.now() - at);
        }
      }),
    );
    return {
      calls: times.length,
      seconds: (performance.now() - startedAt) / 1000,
      latencies: latenciesOf(Float32Array.from(times)),
    };
  };

  storm: Commands["storm"] = async () => {
    await this.cut();
    await sleep(AFTER_CUT_MS);
    if (!this.#endpoint) throw new Error("nobody has been connected");
    // A number used before would be the same message again.
    const { nextNumber } = this.#fleet ?? { nextNumber: 1 };
    this.#fleet = new Fleet(this.#endpoint);
    this.#fleet.nextNumber = nextNumber;
    return this.#fleet.connect(this.#people, this.#people.length);
  };

  cut: Commands["cut"] = () => {
    this.#fleet?.cut();
    return Promise.resolve();
  };

  get #connected(): Fleet {
    if (!this.#fleet) throw new Error("nobody is connected");
    this.#fleet.check();
    return this.#fleet;
  }
}
