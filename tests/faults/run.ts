import { Person, bootstrapAll, historyAll, pullAll } from "../support/people.ts";
import { type Random, integer, seededRandom } from "../support/random.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Attempt, History, Reading } from "./history.ts";
import { openDirect } from "./open-direct.ts";
import { Sender } from "./sender.ts";

/** How long a round may take to reach its number of acknowledgements, in milliseconds. */
const ROUND_TIMEOUT_MS = 60_000;

/** People of a run. Few enough that conversations and timelines are contended. */
const NAMES = ["Ann", "Bob", "Cid", "Dai", "Eve"] as const;

/** The server's default: none of these groups is large. */
const FANOUT_MAX_MEMBERS = 500;

/** A run of several people who send through faults. Keeps all that they sent and saw. */
export class Run {
  readonly #attempts: Attempt[] = [];
  readonly #members: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #senders: readonly Sender[];
  readonly #random: Random;

  private constructor(
    members: ReadonlyMap<string, ReadonlySet<string>>,
    senders: (attempts: Attempt[]) => readonly Sender[],
    first: readonly Attempt[],
    random: Random,
  ) {
    this.#members = members;
    this.#attempts.push(...first);
    this.#senders = senders(this.#attempts);
    this.#random = random;
  }

  /** Registers the people and makes their conversations: a ring of direct ones, a group of three and one of all. */
  static async prepare(server: Server, seed: number): Promise<Run> {
    const random = seededRandom(seed);
    const people: Person[] = [];
    for (const name of NAMES) people.push(await Person.register(server.url, name));

    const members = new Map<string, Set<string>>();
    const first: Attempt[] = [];
    for (const [index, person] of people.entries()) {
      const peer = people[(index + 1) % people.length];
      if (peer === undefined) throw new Error("the ring is broken");
      const attempt = await openDirect(person, peer);
      members.set(attempt.conversationId, new Set([person.userId, peer.userId]));
      first.push(attempt);
    }
    const [owner] = people;
    if (owner === undefined) throw new Error("a run needs people");
    for (const [name, others] of [
      ["three", people.slice(1, 3)],
      ["all", people.slice(1)],
    ] as const) {
      const { conversationId } = await owner.createGroup(name, others);
      members.set(conversationId, new Set([owner, ...others].map(({ userId }) => userId)));
    }
    const sendersOf = (attempts: Attempt[]) =>
      people.map((person, index) => {
        const own = [...members].filter(([, users]) => users.has(person.userId)).map(([id]) => id);
        return new Sender(person, own, seededRandom(seed + index + 1), attempts);
      });
    return new Run(members, sendersOf, first, random);
  }

  /** Sends by all until about `from`–`to` messages are acknowledged, and then breaks what `fault` breaks, under load. */
  async loadUntil(server: Server, [from, to]: readonly [number, number], fault: () => Promise<void>): Promise<void> {
    const goal = this.acknowledged + integer(this.#random, from, to);
    let loading = true;
    const done = this.#sendAll(server, () => loading);
    try {
      await Promise.race([
        waitFor(() => this.acknowledged >= goal, { timeoutMs: ROUND_TIMEOUT_MS, what: "enough acknowledgements" }),
        done,
      ]);
      await fault();
    } finally {
      loading = false;
      await done;
    }
  }

  /** Sends again what has no answer yet, until all has. */
  async settle(server: Server): Promise<void> {
    await this.#sendAll(server, () => false);
    const open = this.#senders.filter(({ hasUnanswered }) => hasUnanswered).length;
    if (open > 0) throw new Error(`${open} senders still have messages without an answer`);
  }

  /** Reads all that each person may read, as a device without any state would. */
  async read(server: Server): Promise<History> {
    const readings: Reading[] = [];
    for (const { person, pushed } of this.#senders) {
      const connection = await person.connect(server.url);
      try {
        const conversations = new Map<string, Awaited<ReturnType<typeof historyAll>>>();
        for (const [conversationId, users] of this.#members) {
          if (users.has(person.userId)) conversations.set(conversationId, await historyAll(connection, conversationId));
        }
        readings.push({
          userId: person.userId,
          timeline: await pullAll(connection),
          conversations,
          pushed,
          groupPushed: [],
          list: (await bootstrapAll(connection)).conversations,
          devices: [],
        });
      } finally {
        connection.close();
      }
    }
    return {
      attempts: this.#attempts,
      changes: [],
      reads: [],
      members: this.#members,
      readings,
      fanoutMaxMembers: FANOUT_MAX_MEMBERS,
    };
  }

  /** Attempts that were acknowledged, retries included. */
  get acknowledged(): number {
    return this.#attempts.filter(({ outcome }) => outcome === "acknowledged").length;
  }

  /** Attempts that were put off, to be sent again later. */
  get refused(): number {
    return this.#attempts.filter(({ outcome }) => outcome === "refused").length;
  }

  /** Attempts without an answer: what the faults caught on the way. */
  get unanswered(): number {
    return this.#attempts.filter(({ outcome }) => outcome === "unknown").length;
  }

  async #sendAll(server: Server, goOn: () => boolean): Promise<void> {
    await Promise.all(
      this.#senders.map(async (sender) => {
        const connection = await sender.person.connect(server.url);
        try {
          await sender.run(connection, goOn);
        } finally {
          connection.close();
        }
      }),
    );
  }
}
