import type { UserId } from "@im-webapp/protocol";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { subPacket } from "../../core/delivery/packet.ts";
import type { Bus, BusMessage } from "../../core/delivery/ports.ts";
import { connectRedis } from "../redis.ts";
import { Peers } from "./peers.ts";

/** The version in the name lets nodes of two releases share one Redis without misreading each other. */
const PREFIX = "im:bus:2";
const EVERYBODY = `${PREFIX}:all`;

/** Time between two signs of life, in milliseconds. */
const BEAT_MS = 250;

/** Without hearing its own sign of life for this long, a node knows that its way over Redis is broken: three beats. */
const SILENCE_MS = 750;

/** After how long a silent subscription is opened anew, in milliseconds: its connection may have lost its other end. */
const REOPEN_MS = 3_000;

/** How long after a break the bus counts as broken, in milliseconds: long enough for whoever looks twice a second. */
const DOUBT_MS = 1_000;

/** What travels: to everybody, or to one node's own channel. */
type Envelope =
  | { readonly from: string; readonly kind: "message"; readonly message: BusMessage }
  | { readonly from: string; readonly kind: "beat"; readonly changes: number }
  | {
      readonly from: string;
      readonly kind: "user";
      readonly changes: number;
      readonly userId: UserId;
      readonly on: boolean;
    }
  | { readonly from: string; readonly kind: "ask" }
  | { readonly from: string; readonly kind: "list"; readonly changes: number; readonly users: readonly UserId[] }
  /** What this node sent of late may be lost. */
  | { readonly from: string; readonly kind: "gap" }
  | { readonly from: string; readonly kind: "bye" };

type Unsigned<E> = E extends unknown ? Omit<E, "from"> : never;

/**
 * The bus over Redis publish/subscribe: at most once, in order for each publisher. One message per commit and node, only
 * to nodes that have a recipient. Nodes tell each other who is connected to them; a sign of life four times a second
 * shows within a second when Redis, or the way to it, is broken. Both connections come back by themselves, and say so
 * where something may have got lost.
 */
export class RedisBus implements Bus {
  readonly #nodeId: string;
  readonly #log: Logger;
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #peers = new Peers();
  readonly #users = new Set<UserId>();
  readonly #beat: NodeJS.Timeout;
  #changes = 0;
  #heardItselfAt = -Infinity;
  #openedAt = -Infinity;
  #doubtUntil = -Infinity;
  readonly #listeners: ((message: BusMessage) => void)[] = [];

  constructor(url: string, nodeId: string, log: Logger) {
    this.#nodeId = nodeId;
    this.#log = log;
    this.#publisher = connectRedis(url, "bus-publisher", log);
    this.#subscriber = connectRedis(url, "bus-subscriber", log, true);
    this.#subscriber.on("message", (_channel: string, text: string) => {
      try {
        this.#hear(parseEnvelope(text));
      } catch (error) {
        log.error({ error }, "bus message not understood");
      }
    });
    // A break shorter than the silence that would show it loses messages, too: here on the way in, there on the way out.
    this.#subscriber.on("close", () => this.#doubt());
    this.#subscriber.on("ready", () => {
      this.#openedAt = performance.now();
      this.#doubt();
    });
    this.#publisher.once("ready", () => {
      this.#publisher.on("ready", () => this.#send(EVERYBODY, { kind: "gap" }));
    });
    // ioredis subscribes again by itself after each reconnection.
    this.#subscriber.subscribe(EVERYBODY, this.#channelOf(nodeId)).catch((error: unknown) => {
      log.error({ error }, "cannot subscribe to the bus");
    });
    this.#beat = setInterval(() => {
      this.#send(EVERYBODY, { kind: "beat", changes: this.#changes });
      this.#reopenIfSilent();
    }, BEAT_MS);
    this.#beat.unref();
  }

  get isHealthy(): boolean {
    const now = performance.now();
    return now >= this.#doubtUntil && now - this.#heardItselfAt < SILENCE_MS && this.#peers.areFresh(now);
  }

  publish(message: BusMessage): void {
    if (message.kind === "typing") {
      for (const node of this.#peers.nodes()) {
        const userIds = message.userIds.filter((userId) => node.mayHave(userId));
        const here: BusMessage = { ...message, userIds };
        if (userIds.length > 0) this.#send(this.#channelOf(node.nodeId), { kind: "message", message: here });
      }
      return;
    }
    if (message.kind !== "commit") {
      this.#send(EVERYBODY, { kind: "message", message });
      return;
    }
    for (const node of this.#peers.nodes()) {
      const packet = subPacket(message.packet, (userId) => node.mayHave(userId), node.mayHaveAnybody);
      if (packet) this.#send(this.#channelOf(node.nodeId), { kind: "message", message: { kind: "commit", packet } });
    }
  }

  subscribe(listener: (message: BusMessage) => void): void {
    this.#listeners.push(listener);
  }

  userConnected(userId: UserId): void {
    this.#users.add(userId);
    this.#tellChange(userId, true);
  }

  userDisconnected(userId: UserId): void {
    this.#users.delete(userId);
    this.#tellChange(userId, false);
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#send(EVERYBODY, { kind: "bye" });
    this.#subscriber.disconnect();
    await this.#publisher.quit().catch(() => {
      this.#publisher.disconnect();
    });
  }

  #tellChange(userId: UserId, on: boolean): void {
    this.#changes += 1;
    this.#send(EVERYBODY, { kind: "user", changes: this.#changes, userId, on });
  }

  #hear(envelope: Envelope): void {
    const now = performance.now();
    const { from } = envelope;
    if (from === this.#nodeId) {
      if (envelope.kind === "beat") this.#heardItselfAt = now;
      return;
    }
    switch (envelope.kind) {
      case "message":
        for (const listener of this.#listeners) listener(envelope.message);
        break;
      case "beat":
        if (this.#peers.heard(from, envelope.changes, now)) this.#ask(from);
        break;
      case "user":
        if (this.#peers.changed(from, envelope.changes, envelope.userId, envelope.on, now)) this.#ask(from);
        break;
      case "ask":
        this.#send(this.#channelOf(from), { kind: "list", changes: this.#changes, users: [...this.#users] });
        break;
      case "list":
        this.#peers.listed(from, envelope.changes, envelope.users, now);
        break;
      case "gap":
        this.#doubt();
        break;
      case "bye":
        this.#peers.left(from);
        break;
    }
  }

  #doubt(): void {
    this.#doubtUntil = performance.now() + DOUBT_MS;
  }

  /** Nothing is sent over a subscription, so that nothing fails on it when its other end is gone. */
  #reopenIfSilent(): void {
    const since = performance.now() - Math.max(this.#heardItselfAt, this.#openedAt);
    if (this.#subscriber.status === "ready" && since > REOPEN_MS) this.#subscriber.disconnect(true);
  }

  #ask(nodeId: string): void {
    this.#send(this.#channelOf(nodeId), { kind: "ask" });
  }

  #channelOf(nodeId: string): string {
    return `${PREFIX}:node:${nodeId}`;
  }

  #send(channel: string, envelope: Unsigned<Envelope>): void {
    // What cannot be sent now is of no use later: delivery goes over the database meanwhile.
    if (this.#publisher.status !== "ready") return;
    this.#publisher.publish(channel, JSON.stringify({ from: this.#nodeId, ...envelope })).catch((error: unknown) => {
      this.#log.debug({ error }, "bus message lost");
    });
  }
}

/** @throws {Error} for what no node of this release has sent */
function parseEnvelope(text: string): Envelope {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || !("from" in parsed) || !("kind" in parsed)) {
    throw new TypeError("this is no message of the bus");
  }
  return parsed as Envelope;
}
