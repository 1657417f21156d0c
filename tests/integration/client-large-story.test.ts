import { randomUUID } from "node:crypto";
import type { Group } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { CallError, type Connection } from "../support/connection.ts";
import { type Person, bootstrapAll } from "../support/people.ts";
import { type Random, integer, seededRandom } from "../support/random.ts";
import { RestError } from "../support/rest.ts";
import { waitFor } from "../support/wait-for.ts";
import { conversation, say, useClients } from "./client-calls.ts";
import { add, remove } from "./group-calls.ts";
import { useSharedServer } from "./one-server.ts";
import { WatchedClient } from "./watched-client.ts";

/** Groups of four and five are large, so that the stories cross the threshold again and again. */
const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });
const clients = useClients(() => at.url);

/** Steps of one story. */
const STEPS = 200;

/** Two groups of Bob's, in which others talk and come and go, and two devices of Ann's, of which one is often away. */
class Story {
  readonly #random: Random;
  readonly #ann: Person;
  readonly #bob: Person;
  /** Those who come and go. */
  readonly #movers: readonly Person[];
  readonly #speakers: readonly Connection[];
  readonly #groups: readonly Group[];
  readonly #phone: WatchedClient;
  readonly #laptop: WatchedClient;
  #away = false;

  private constructor(
    random: Random,
    [ann, bob, ...others]: readonly [Person, Person, ...Person[]],
    speakers: readonly Connection[],
    groups: readonly Group[],
    [phone, laptop]: readonly [WatchedClient, WatchedClient],
  ) {
    this.#random = random;
    this.#ann = ann;
    this.#bob = bob;
    this.#movers = [ann, ...others];
    this.#speakers = speakers;
    this.#groups = groups;
    this.#phone = phone;
    this.#laptop = laptop;
  }

  static async begin(seed: number): Promise<Story> {
    const [ann, bob, cid, dai, eve] = await at.people("Ann", "Bob", "Cid", "Dai", "Eve");
    const speakers = await at.connectAll(bob, cid, dai);
    const groups = [await bob.createGroup("One", [ann, cid]), await bob.createGroup("Two", [ann, cid, dai])];
    const phone = await WatchedClient.signIn(at, clients, ann);
    const laptop = await WatchedClient.signIn(at, clients, ann);
    for (const { client } of [phone, laptop]) client.openConversation(groups[0]!.conversationId);
    return new Story(seededRandom(seed), [ann, bob, cid, dai, eve], speakers, groups, [phone, laptop]);
  }

  /** One thing that happens. What the rules refuse is part of the story. */
  async step(): Promise<void> {
    const { conversationId } = this.#pick(this.#groups);
    const group = this.#pick(this.#groups);
    const speaker = this.#pick(this.#speakers);
    const device = this.#pick([this.#phone, this.#laptop]).client;
    const lastSeq = conversation(this.#laptop.client, conversationId)?.lastSeq ?? 1;
    const seq = Math.max(1, lastSeq - integer(this.#random, 0, 12));
    switch (integer(this.#random, 0, 15)) {
      case 0:
      case 1:
        return this.#attempt(add(this.#bob, group, this.#pick(this.#movers)));
      case 2:
        return this.#attempt(remove(this.#bob, group, this.#pick(this.#movers)));
      case 3:
      case 4:
        return say(device, conversationId, `Ann's ${randomUUID()}`);
      case 5:
        return device.markRead(conversationId, seq);
      case 6:
      case 7:
        return this.#attempt(
          speaker.ok("message:edit", { conversationId, seq, content: { kind: "text", text: randomUUID() } }),
        );
      case 8:
        return this.#attempt(speaker.ok("message:recall", { conversationId, seq }));
      case 9:
        return this.#attempt(speaker.ok("message:react", { conversationId, seq, emoji: "👍", on: lastSeq % 3 > 0 }));
      case 10:
        this.#away = !this.#away;
        return this.#away ? this.#phone.goAway() : this.#phone.comeBack();
      case 11: {
        const lost = integer(this.#random, 0, 2);
        this.#phone.loses = ({ name }) => name.endsWith(":push") && integer(this.#random, 0, 2) < lost;
        return;
      }
      default:
        return this.#attempt(
          speaker.ok("message:send", {
            clientMessageId: randomUUID(),
            to: { conversationId },
            content: { kind: "text", text: randomUUID() },
            ...(integer(this.#random, 0, 3) === 0 && { mentions: [this.#ann.userId] }),
          }),
        );
    }
  }

  /** Both devices are on a sound network again, and have news of each group. */
  async end(): Promise<void> {
    this.#phone.loses = () => false;
    if (this.#away) await this.#phone.comeBack();
    for (const group of this.#groups) {
      await add(this.#bob, group, this.#ann);
      for (const { client } of [this.#phone, this.#laptop]) {
        client.openConversation(group.conversationId);
        await waitFor(() => this.#hasSent(client, group), { what: "what Ann has written" });
      }
      await this.#speakers[0]!.ok("message:send", {
        clientMessageId: randomUUID(),
        to: { groupId: group.groupId },
        content: { kind: "text", text: "the end" },
      });
    }
    const fresh = await at.connect(this.#ann);
    for (const device of [this.#phone, this.#laptop]) {
      for (const { conversationId } of this.#groups) {
        await device.isComplete(conversationId);
        const { conversations } = await bootstrapAll(fresh);
        const view = conversations.find((one) => one.conversationId === conversationId)!;
        const { changeSeq: _changes, memberCount: _members, ...expected } = view;
        await waitFor(() => conversation(device.client, conversationId)?.readSeq === view.readSeq, {
          what: "the same read position everywhere",
        });
        expect(conversation(device.client, conversationId)).toMatchObject(expected);
        expect(conversation(device.client, conversationId)?.large).toBe(view.large);
      }
    }
  }

  #hasSent(client: WatchedClient["client"], { conversationId }: Group): boolean {
    const outgoing = client.getState().windows.get(conversationId)?.outgoing ?? [];
    return outgoing.every(({ status }) => status === "failed");
  }

  async #attempt(attempt: Promise<unknown>): Promise<void> {
    try {
      await attempt;
    } catch (error) {
      if (!(error instanceof CallError) && !(error instanceof RestError)) throw error;
    }
  }

  #pick<T>(from: readonly T[]): T {
    return from[integer(this.#random, 0, from.length - 1)]!;
  }
}

for (const seed of [1, 2, 3]) {
  it(`two devices end as a fresh one would, whatever happens and is lost on the way (story ${seed})`, async () => {
    const story = await Story.begin(seed);
    for (let step = 0; step < STEPS; step += 1) await story.step();
    await story.end();
  });
}
