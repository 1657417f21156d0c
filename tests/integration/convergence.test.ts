import { randomUUID } from "node:crypto";
import { type Entry, type LargeGroupState, MAX_MENTION_SEQS, type Message } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { Device } from "../support/device.ts";
import { type Person, bootstrapAll, historyAll, pullAll } from "../support/people.ts";
import { type Random, integer, seededRandom } from "../support/random.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Held, agreed, fold, hold, listed, settle } from "./fold.ts";
import { useSharedServer } from "./one-server.ts";

/** Groups of three and four are large, so that the stories cross the threshold again and again. */
const at = useSharedServer({ FANOUT_MAX_MEMBERS: "2" });

/** Steps of one story; with a bootstrap of everybody before every `BOOTSTRAP_EVERY`th. */
const STEPS = 250;
const BOOTSTRAP_EVERY = 25;

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
    switch (integer(this.#random, 0, 11)) {
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
      case 5:
      case 6:
      case 7:
        await this.#change(actor, socket);
        break;
      default: {
        const to = this.#pick([{ groupId }, { groupId }, { userId: other.userId }]);
        const content = { kind: "text" as const, text: randomUUID() };
        const mentions = this.#pick([undefined, undefined, [other.userId]]);
        const message = { clientMessageId: randomUUID(), to, content, ...(mentions && { mentions }) };
        await this.#attempt(socket.ok("message:send", message), "send");
      }
    }
  }

  /** Something is made of one of the newest messages of one of the actor's conversations. */
  async #change(actor: Person, socket: Connection): Promise<void> {
    const { conversations } = await bootstrapAll(socket);
    if (conversations.length === 0) return;
    const { conversationId } = this.#pick(conversations);
    const { messages } = await socket.ok("history:pull", { conversationId, limit: 4 });
    if (messages.length === 0) return;
    const { seq, senderId } = this.#pick(messages);
    const place = { conversationId, seq };
    const isOwn = senderId === actor.userId;
    switch (integer(this.#random, 0, isOwn ? 3 : 1)) {
      case 2:
        await this.#attempt(
          socket.ok("message:edit", { ...place, content: { kind: "text", text: randomUUID() } }),
          "edit",
        );
        break;
      case 3:
        await this.#attempt(socket.ok("message:recall", place), "recall");
        break;
      default:
        await this.#attempt(socket.ok("message:react", { ...place, emoji: "👍", on: this.#random() < 0.7 }), "react");
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
    const followers = people.map((person) => new Device({ urls: () => [at.url], token: person.token }).start());
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
    const happened = ["send", "read", "add", "remove", "edit", "recall", "react"].map((what) => `${what} ok`);
    expect(happened.filter((outcome) => !story.outcomes.has(outcome))).toEqual([]);
    expect([...story.outcomes].filter((outcome) => /unanswered|INTERNAL|UNAVAILABLE/.test(outcome))).toEqual([]);

    for (const { person, socket, cursor, held } of devices) {
      const fresh = agreed(listed((await bootstrapAll(socket)).conversations));
      const groups = await largeStates(person);
      const listOf = (entries: readonly Entry[]) => agreed(listed(settle(fold(held, entries, person.userId), groups)));
      const missed = await pullAll(socket, cursor, 7);
      expect(listOf(missed)).toEqual(fresh);
      const pushed = () => new Map(socket.pushed.map((entry) => [entry.seq, entry]));
      await waitFor(() => missed.every(({ seq }) => pushed().has(seq)), { what: "all pushes" });
      const inOrder = [...pushed().values()].toSorted((a, b) => a.seq - b.seq);
      expect(listOf(inOrder.filter(({ seq }) => seq > cursor))).toEqual(fresh);
    }
    // And what a device holds of every message, by whatever way it came.
    for (const [index, device] of followers.entries()) {
      await device.complete();
      for (const view of (await bootstrapAll(sockets[index]!)).conversations) {
        const { conversationId, left } = view;
        const history = await historyAll(sockets[index]!, conversationId);
        const shown = ({ seq, version }: Message) => (left ? [seq] : [seq, version]);
        await waitFor(() => device.book.of(conversationId).messages.size === history.length, { what: "all messages" });
        const messages = [...device.book.of(conversationId).messages.values()].toSorted((a, b) => a.seq - b.seq);
        expect(messages.map(shown)).toEqual(history.map(shown));
        if (!left) expect(messages).toEqual(history);
        expect(view.mentionSeqs ?? []).toEqual(unreadMentions(history, people[index]!.userId, view.readSeq));
      }
      await device.stop();
    }
  },
);

/** Where others name the user in what they have not read yet. */
function unreadMentions(history: readonly Message[], userId: string, readSeq: number): number[] {
  const naming = history.filter(
    ({ seq, senderId, mentions = [] }) => seq > readSeq && senderId !== userId && mentions.includes(userId),
  );
  return naming.map(({ seq }) => seq).slice(-MAX_MENTION_SEQS);
}

/** Where a person's large conversations stand, which only the first pull of a connection says. */
async function largeStates(person: Person): Promise<LargeGroupState[]> {
  const connection = await at.connect(person);
  const { groups } = await connection.ok("sync:pull", { cursor: connection.ready.head });
  connection.close();
  return groups ?? [];
}
