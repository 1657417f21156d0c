import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import { renderEntries } from "../timeline/render.ts";
import type { TimelineReader } from "../timeline/timeline-reader.ts";
import { pushToAudience } from "./audiences.ts";
import type { Bus, Connections, MembershipReader } from "./ports.ts";

/** Time between two looks while the bus is broken, in milliseconds: keeps delivery within two seconds. */
const LOOK_EVERY_MS = 500;

/** Looks between two full ones while the bus is well: one in ten seconds, for the rare message that it lost. */
const LOOKS_PER_REST = 20;

/** Users whose heads one query reads. */
const USERS_PER_QUERY = 1_000;

/** Entries or messages that one look pushes to one user or group; a client that lacks more pulls. */
const PUSHED_AT_ONCE = 200;

/** What the watch reads besides timelines. */
export interface LargeGroupReader {
  /** Every large conversation. */
  largeHeads(): Promise<{ conversationId: ConversationId; lastSeq: Seq; changeSeq: Seq; memberVersion: number }[]>;
  /** Up to `limit` messages after `seq`, ascending. */
  messagesAfter(conversationId: ConversationId, seq: Seq, limit: number): Promise<Message[]>;
  /** Up to `limit` changed messages after that change, in their order. */
  changedAfter(
    conversationId: ConversationId,
    after: Seq,
    limit: number,
  ): Promise<{ message: Message; changeSeq: Seq }[]>;
}

export interface DatabaseWatchOptions {
  connections: Connections;
  bus: Bus;
  timelines: TimelineReader;
  conversations: ConversationReader;
  memberships: MembershipReader;
  largeGroups: LargeGroupReader;
  onFault(error: unknown): void;
}

/**
 * Delivery without the bus: compares the heads of timelines and large groups in the database with what this node has
 * pushed, and pushes the difference. Often while the bus is broken, and now and then while it is well.
 */
export class DatabaseWatch {
  readonly #options: DatabaseWatchOptions;
  readonly #groupHeads = new Map<ConversationId, { lastSeq: Seq; changeSeq: Seq }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #looks = 0;
  #wasHealthy = true;

  constructor(options: DatabaseWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #tick(): void {
    const { bus, connections } = this.#options;
    const healthy = bus.isHealthy;
    this.#looks += 1;
    // Once more after the bus has come back: what it lost last is not in any later push.
    const wasBroken = !healthy || !this.#wasHealthy;
    const due = wasBroken || this.#looks % LOOKS_PER_REST === 0;
    if (!due || connections.userCount === 0 || this.#running) return;
    this.#wasHealthy = healthy;
    this.#running = this.look(wasBroken)
      .catch((error: unknown) => this.#options.onFault(error))
      .finally(() => {
        this.#running = undefined;
      });
  }

  /**
   * One look at everything that concerns this node's users.
   *
   * @param wasBroken whether the bus may have lost something since the last look
   */
  async look(wasBroken: boolean): Promise<void> {
    const userIds = [...this.#options.connections.userIds()];
    for (let start = 0; start < userIds.length; start += USERS_PER_QUERY) {
      await this.#lookAtTimelines(userIds.slice(start, start + USERS_PER_QUERY));
    }
    await this.#lookAtLargeGroups(wasBroken);
  }

  async #lookAtTimelines(userIds: readonly UserId[]): Promise<void> {
    const { connections, timelines, conversations } = this.#options;
    const heads = await timelines.heads(userIds);
    for (const [userId, head] of heads) {
      const pushed = connections.pushedSeq(userId);
      if (pushed === undefined || head <= pushed || !connections.isConnected(userId)) continue;
      const stored = await timelines.after(userId, pushed, PUSHED_AT_ONCE);
      const rendered = await renderEntries(conversations, userId, stored);
      // What was pushed meanwhile need not be pushed again.
      const entries = rendered.filter(({ seq }) => seq > (connections.pushedSeq(userId) ?? seq));
      const last = entries.at(-1);
      if (last) connections.push(userId, JSON.stringify(entries), last.seq);
    }
  }

  async #lookAtLargeGroups(wasBroken: boolean): Promise<void> {
    for (const { conversationId, lastSeq, changeSeq, memberVersion } of await this.#options.largeGroups.largeHeads()) {
      // One that was not large, or not there, at the last look: how much of it was pushed is not known, and whoever has
      // the newest messages drops them.
      const unknown = wasBroken
        ? { lastSeq: Math.max(0, lastSeq - PUSHED_AT_ONCE), changeSeq: Math.max(0, changeSeq - PUSHED_AT_ONCE) }
        : undefined;
      const held = this.#groupHeads.get(conversationId) ?? unknown;
      this.#groupHeads.set(conversationId, { lastSeq, changeSeq });
      if (held && (held.lastSeq < lastSeq || held.changeSeq < changeSeq)) {
        await this.#pushGroup(conversationId, held, memberVersion);
      }
    }
  }

  async #pushGroup(
    conversationId: ConversationId,
    held: { lastSeq: Seq; changeSeq: Seq },
    memberVersion: number,
  ): Promise<void> {
    const { connections, largeGroups, memberships } = this.#options;
    const messages = await largeGroups.messagesAfter(conversationId, held.lastSeq, PUSHED_AT_ONCE);
    const changed = await largeGroups.changedAfter(conversationId, held.changeSeq, PUSHED_AT_ONCE);
    const push = {
      conversationId,
      messages,
      changes: changed.map(({ message }) => message),
      lastSeq: messages.at(-1)?.seq ?? held.lastSeq,
      changeSeq: changed.at(-1)?.changeSeq ?? held.changeSeq,
    };
    this.#groupHeads.set(conversationId, { lastSeq: push.lastSeq, changeSeq: push.changeSeq });
    pushToAudience(connections, { push, memberVersion }, await memberships.read(conversationId));
  }
}
