import type { Endpoint, Person } from "../subjects/subject.ts";
import type { Client, Hearer } from "./client.ts";
import { SocketIoClient } from "./socket-io-client.ts";
import { type Latencies, latenciesOf } from "./tally.ts";
import { XmppClient } from "./xmpp-client.ts";

/** How connecting went. */
export interface Connecting {
  readonly clients: number;
  readonly seconds: number;
  /** From the first packet to being let in, in milliseconds. */
  readonly latencies: Latencies;
}

/** What a workload does with arrivals, while one runs. */
export type Ear = Pick<Hearer, "acknowledged" | "received">;

const DEAF: Ear = { acknowledged: () => undefined, received: () => undefined };

/** The connected clients of one generator. */
export class Fleet {
  readonly endpoint: Endpoint;
  readonly clients: Client[] = [];
  /** Hears what arrives. */
  ear: Ear = DEAF;
  /** The number of the next message. */
  nextNumber = 1;
  #failure: Error | undefined;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
  }

  /** Whether the protocol acknowledges messages. */
  get acknowledges(): boolean {
    return this.endpoint.wire === "socket.io";
  }

  /** @throws the first failure of any client */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /** Connects these, at most so many at a time, and waits until all are let in. */
  async connect(people: readonly Person[], atOnce: number): Promise<Connecting> {
    const times = new Float32Array(people.length);
    const startedAt = performance.now();
    let next = 0;
    const connectSome = async (): Promise<void> => {
      for (let index = (next += 1) - 1; index < people.length; index = (next += 1) - 1) {
        const person = people[index];
        if (!person) return;
        const at = performance.now();
        const client = this.#open(person);
        this.clients.push(client);
        await client.ready;
        times[index] = performance.now() - at;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, people.length) }, connectSome));
    this.check();
    return { clients: people.length, seconds: (performance.now() - startedAt) / 1000, latencies: latenciesOf(times) };
  }

  /** Breaks every connection. */
  cut(): void {
    for (const client of this.clients) client.close();
    this.clients.length = 0;
  }

  #open(person: Person): Client {
    const hearer: Hearer = {
      acknowledged: (number) => this.ear.acknowledged(number),
      received: (client, number) => this.ear.received(client, number),
      failed: (error) => {
        this.#failure ??= error;
      },
    };
    return this.endpoint.wire === "xmpp"
      ? new XmppClient(this.endpoint, person, hearer)
      : new SocketIoClient(this.endpoint, person, hearer);
  }

  /** Nobody listens any more. */
  rest(): void {
    this.ear = DEAF;
  }
}
