import type { ConversationId, Entry, GroupPushEvent, Message, Seq, UserId } from "@im-webapp/protocol";
import type { BusMessage } from "../../../app/core/delivery/ports.ts";
import { ImError } from "../../../app/core/shared/errors.ts";
import { Trimmer } from "../../../app/core/timeline/trimmer.ts";
import type { Sql } from "../../../app/repository/sql.ts";
import { SqlTrimStore } from "../../../app/repository/trim-store.ts";
import { Calls } from "./calls.ts";
import { Device, type Push } from "../device/device.ts";
import { Injected } from "./faulty-store.ts";
import { Ledger } from "./ledger.ts";
import { Node, type Surroundings } from "./node.ts";
import { DEVICES_PER_USER, NODES, USERS } from "../steps.ts";
import { Turns } from "./turns.ts";

/** Entries that trimming leaves in each timeline: so few that devices fall behind it. */
const KEEP_ENTRIES = 4;

/** Beyond the turn that one pass of the trimmer takes, in milliseconds. */
const TRIM_EVERY_MS = 60_000;

/** A push on its way to a device. */
interface OnItsWay {
  readonly device: Device;
  readonly node: Node;
  readonly push: Push;
}

/** Two nodes over one database, the ways between them, and the devices of some users. */
export class World implements Surroundings {
  readonly sql: Sql;
  readonly turns = new Turns();
  readonly ledger = new Ledger();
  readonly calls: Calls;
  /** What broke a promise, as it was seen. */
  readonly violations: string[] = [];
  readonly devices: readonly Device[];
  readonly nodes: Node[];
  onItsWay: OnItsWay[] = [];
  /** Every message that a node has pushed to somebody, by `user conversation seq`. */
  readonly pushedMessages = new Map<string, { userId: UserId; conversationId: ConversationId; seq: Seq }>();
  /** Published by others, for each node in their order. */
  readonly buses: BusMessage[][];
  readonly clock = () => (this.#now += 1);
  #now: number;
  readonly #trimmer: Trimmer;

  /** @param now the time to begin with, in epoch milliseconds */
  constructor(sql: Sql, now: number) {
    this.sql = sql;
    this.#now = now;
    const violate = (text: string) => this.violations.push(text);
    this.calls = new Calls(this.ledger, () => this.turns.disturbances, violate);
    this.devices = USERS.flatMap((userId) =>
      Array.from({ length: DEVICES_PER_USER }, (_, index) => new Device(`${userId} ${index}`, userId, violate)),
    );
    this.buses = Array.from({ length: NODES }, () => []);
    this.nodes = this.buses.map((_, place) => new Node(place, this));
    this.#trimmer = new Trimmer({
      store: new SqlTrimStore(sql),
      keepDays: 0,
      keepEntries: KEEP_ENTRIES,
      clock: this.clock,
      onFault: violate,
    });
  }

  /** @throws {RangeError} for a place where no node is */
  node(place: number): Node {
    const node = this.nodes[place];
    if (!node) throw new RangeError(`there is no node ${place}`);
    return node;
  }

  connected(node: Node): ReadonlySet<UserId> {
    return new Set(this.devices.filter((device) => device.node === node).map(({ userId }) => userId));
  }

  pushed(node: Node, userId: UserId, json: string, lastSeq: Seq): void {
    const entries = JSON.parse(json) as Entry[];
    for (const entry of entries) {
      if (entry.type === "message" || entry.type === "message:update") this.#note(userId, entry.message);
    }
    if (entries.at(-1)?.seq !== lastSeq) this.violations.push(`a push to ${userId} does not end at ${lastSeq}`);
    if (lastSeq > this.ledger.head(userId))
      this.violations.push(`${userId} was pushed ${lastSeq}, which is not stored`);
    this.#send(node, [userId], { kind: "entries", entries });
  }

  pushedGroup(node: Node, userIds: readonly UserId[], push: GroupPushEvent): void {
    const stored = this.ledger.messages(push.conversationId).length;
    if (push.lastSeq > stored) this.violations.push(`${push.conversationId} was pushed beyond what is stored`);
    for (const userId of userIds) {
      for (const message of [...push.messages, ...push.changes]) this.#note(userId, message);
    }
    this.#send(node, userIds, { kind: "group", push: structuredClone(push) });
  }

  published(node: Node, message: BusMessage): void {
    this.buses.forEach((bus, place) => {
      // As it travels: in writing.
      if (place !== node.place) bus.push(JSON.parse(JSON.stringify(message)) as BusMessage);
    });
  }

  /** A process has died; another one takes its place, with nothing in its memory. */
  killed(node: Node): void {
    for (const device of this.devices) if (device.node === node) device.cut();
    this.buses[node.place] = [];
    this.nodes[node.place] = new Node(node.place, this);
  }

  fault(error: unknown): void {
    const cause = error instanceof ImError ? error.cause : error;
    const isOurs = cause instanceof Injected || (error instanceof ImError && error.code === "UNAVAILABLE");
    if (!isOurs) this.violations.push(`a node's fault: ${String(error)} ${String(cause)}`);
  }

  /** The push arrives, however late; over a connection that is gone it does not. */
  arrive({ device, node, push }: OnItsWay): void {
    if (device.node === node) device.take(structuredClone(push));
  }

  /** Trims every timeline now. */
  async trim(): Promise<void> {
    this.#now += TRIM_EVERY_MS;
    await this.#trimmer.pass();
  }

  #note(userId: UserId, { conversationId, seq }: Message): void {
    this.pushedMessages.set(`${userId} ${conversationId} ${seq}`, { userId, conversationId, seq });
  }

  #send(node: Node, userIds: readonly UserId[], push: Push): void {
    for (const device of this.devices) {
      if (device.node === node && userIds.includes(device.userId)) this.onItsWay.push({ device, node, push });
    }
  }
}
