import { isDeepStrictEqual } from "node:util";
import { type ImClient, MemoryStore } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import { expect } from "vitest";
import type { Line } from "../support/line.ts";
import { type Person, historyAll } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Clients, conversation, online, scroll } from "./client-calls.ts";
import type { SharedServer } from "./one-server.ts";

/** An event of Socket.IO: its name and its one payload. */
interface Packet {
  readonly to: "client" | "server";
  readonly name: string;
  readonly payload: unknown;
}

/** A packet of Socket.IO that carries an event, with or without an acknowledgement asked for. */
const EVENT = /^42\d*(\[.*\])$/s;

/** A program that uses the client library, on a network of its own that is listened in on, and can lose packets. */
export class WatchedClient {
  readonly person: Person;
  readonly store = new MemoryStore();
  /** What has passed since `forget`. */
  readonly packets: Packet[] = [];
  /** Which packets to the client are lost. */
  loses: (packet: Packet) => boolean = () => false;
  client!: ImClient;
  #line!: Line;
  readonly #at: SharedServer;
  readonly #clients: Clients;

  private constructor(at: SharedServer, clients: Clients, person: Person) {
    this.#at = at;
    this.#clients = clients;
    this.person = person;
  }

  /** Signs somebody in on a device of its own. */
  static async signIn(at: SharedServer, clients: Clients, person: Person): Promise<WatchedClient> {
    const watched = new WatchedClient(at, clients, person);
    watched.#line = await clients.line(({ text, to }) => watched.#hear(text, to));
    watched.client = await clients.signIn(person, watched.#line.url, watched.store);
    return watched;
  }

  /** Loses the network until `comeBack`. */
  async goAway(): Promise<void> {
    this.#line.cut();
    await waitFor(() => this.client.getState().connection.status === "reconnecting", { what: "the loss" });
  }

  async comeBack(): Promise<void> {
    this.#line.mend();
    this.client.reconnectNow();
    await online(this.client);
  }

  /** Ends the program; `startAgain` begins another one over what it has stored. */
  async close(): Promise<void> {
    await this.client.close();
  }

  async startAgain(): Promise<void> {
    this.client = await this.#clients.start(this.#line.url, this.store);
    await online(this.client);
  }

  /** From now on only what follows counts. */
  forget(): void {
    this.packets.length = 0;
  }

  /** The names of the calls that the client has made, but for those that the library makes for itself and seldom. */
  get calls(): string[] {
    return this.packets.flatMap(({ to, name }) => (to === "server" && name !== "sync:ack" ? [name] : []));
  }

  /** What is cached of a conversation, ascending; there may be holes. */
  async cached(conversationId: string): Promise<readonly Message[]> {
    const account = await this.store.openAccount(this.person.userId);
    return (await account.messages(conversationId, 10_000)).messages;
  }

  /**
   * Waits until this device holds of a conversation what a fresh one would be given, and expects that its window shows
   * that, each message once and in its newest version, and that nothing older is in its cache.
   */
  async isComplete(conversationId: string): Promise<readonly Message[]> {
    const fresh = await this.#at.connect(this.person);
    const truth = await historyAll(fresh, conversationId);
    const bySeq = new Map(truth.map((message) => [message.seq, message]));
    const cachedAsTheyAre = async () => {
      const cached = await this.cached(conversationId);
      return [cached, cached.map(({ seq }) => bySeq.get(seq))];
    };
    await waitFor(
      async () => {
        const [cached, asTheyAre] = await cachedAsTheyAre();
        return (
          conversation(this.client, conversationId)?.lastMessage?.seq === truth.at(-1)?.seq &&
          isDeepStrictEqual(cached, asTheyAre)
        );
      },
      { what: "a cache without anything old" },
    ).catch(() => undefined);
    const [cached, asTheyAre] = await cachedAsTheyAre();
    expect(cached).toEqual(asTheyAre);
    expect(await scroll(this.client, conversationId)).toEqual(truth);
    expect(conversation(this.client, conversationId)?.lastMessage).toEqual(truth.at(-1));
    return truth;
  }

  #hear(text: string, to: Packet["to"]): boolean {
    const event = EVENT.exec(text)?.[1];
    if (event === undefined) return true;
    const [name, payload] = JSON.parse(event) as [string, unknown];
    const packet: Packet = { to, name, payload };
    this.packets.push(packet);
    return to === "server" || !this.loses(packet);
  }
}
