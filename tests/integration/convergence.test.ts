import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, bootstrapAll, pullAll } from "../support/people.ts";
import { type Random, integer, seededRandom } from "../support/random.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Held, fold, hold, listed } from "./fold.ts";
import { useServer } from "./one-server.ts";

const at = useServer();

/** Steps of one story; with a bootstrap of everybody before every `BOOTSTRAP_EVERY`th. */
const STEPS = 100;
const BOOTSTRAP_EVERY = 10;

/** Few, so that people meet again in the groups that they left. */
const GROUPS = 2;

/** Some people who talk, read, and come into groups and go. */
class Story {
  readonly #people: readonly Person[];
  readonly #sockets: readonly Connection[];
  readonly #random: Random;
  readonly #groupIds: string[] = [];
  /** What became of the steps: `ok`, or why the rules refused one, which is part of the story. */
  readonly outcomes = new Set<string>();

  constructor(people: readonly Person[], sockets: readonly Connection[], random: Random) {
    this.#people = people;
    this.#sockets = sockets;
    this.#random = random;
  }

  /** One thing that somebody does. */
  async step(): Promise<void> {
    const index = integer(this.#random, 0, this.#people.length - 1);
    const actor = this.#people[index]!;
    const socket = this.#sockets[index]!;
    const other = this.#pick(this.#people);
    const groupId = this.#groupIds.length < GROUPS ? await this.#makeGroup(actor, other) : this.#pick(this.#groupIds);
    const members = `/api/v1/groups/${groupId}/members`;
    switch (integer(this.#random, 0, 8)) {
      case 0:
      case 1:
        await this.#attempt(actor.rest("POST", members, { userIds: [other.userId] }), "add");
        break;
      case 2:
        await this.#attempt(actor.rest("DELETE", `${members}/${this.#pick([actor, other]).userId}`), "remove");
        break;
      case 3:
      case 4: {
        const { conversations } = await bootstrapAll(socket);
        if (conversations.length === 0) break;
        const { conversationId, lastSeq } = this.#pick(conversations);
        const seq = integer(this.#random, 0, lastSeq + 1);
        await this.#attempt(socket.ok("read:mark", { conversationId, seq }), "read");
        break;
      }
      default: {
        const to = this.#pick([{ groupId }, { groupId }, { userId: other.userId }]);
        const content = { kind: "text" as const, text: randomUUID() };
        await this.#attempt(socket.ok("message:send", { clientMessageId: randomUUID(), to, content }), "send");
      }
    }
  }

  async #makeGroup(actor: Person, other: Person): Promise<string> {
    const { groupId } = await actor.createGroup(`Group ${this.#groupIds.length}`, [other]);
    this.#groupIds.push(groupId);
    return groupId;
  }

  async #attempt(done: Promise<unknown>, what: string): Promise<void> {
    const outcome = await done.then(
      () => "ok",
      (error: { error?: { code?: string } }) => error.error?.code ?? "unanswered",
    );
    this.outcomes.add(`${what} ${outcome}`);
  }

  #pick<T>(list: readonly T[]): T {
    return list[integer(this.#random, 0, list.length - 1)]!;
  }
}

it.each([1, 2, 3])(
  "a device that bootstraps at any moment and follows holds what a fresh one gets, by pull or by push (story %i)",
  async (seed) => {
    const people = await at.people("Ann", "Bob", "Cid", "Dai");
    const sockets = await at.connectAll(...people);
    const story = new Story(people, sockets, seededRandom(seed));
    const devices: { person: Person; socket: Connection; cursor: number; held: Held }[] = [];
    for (let n = 0; n < STEPS; n += 1) {
      if (n % BOOTSTRAP_EVERY === 0) {
        for (const [index, person] of people.entries()) {
          const socket = sockets[index]!;
          const { cursor, conversations } = await bootstrapAll(socket);
          devices.push({ person, socket, cursor, held: hold(conversations) });
        }
      }
      await story.step();
    }
    expect(["send ok", "read ok", "add ok", "remove ok"].filter((outcome) => !story.outcomes.has(outcome))).toEqual([]);
    expect([...story.outcomes].filter((outcome) => /unanswered|INTERNAL|UNAVAILABLE/.test(outcome))).toEqual([]);

    for (const { person, socket, cursor, held } of devices) {
      const fresh = listed((await bootstrapAll(socket)).conversations);
      const missed = await pullAll(socket, cursor, 7);
      expect(listed(fold(held, missed, person.userId))).toEqual(fresh);
      const last = missed.at(-1)?.seq ?? cursor;
      await waitFor(() => last === 0 || socket.pushed.some(({ seq }) => seq === last), { what: "the last push" });
      const pushed = socket.pushed.filter(({ seq }) => seq > cursor);
      expect(listed(fold(held, pushed, person.userId))).toEqual(fresh);
    }
  },
);
