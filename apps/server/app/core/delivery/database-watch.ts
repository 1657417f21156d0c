import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import { listText, renderEntries } from "../timeline/render.ts";
import type { TimelineReader } from "../timeline/timeline-reader.ts";
import { pushToAudience } from "./audiences.ts";
import type { GroupHead, GroupHeads } from "./group-heads.ts";
import type { Bus, Connections, MembershipReader } from "./ports.ts";

/** Time between two looks while the bus is broken, in milliseconds: keeps delivery within two seconds. */
const LOOK_EVERY_MS = 500;

/** Looks between two full ones while the bus is well: one in ten seconds, for the rare message that it lost. */
const LOOKS_PER_REST = 20;

/**
 * How old a head must be before its push counts as lost while the bus is well, in milliseconds: far more than a push is
 * ever under way, so that nothing is pushed twice.
 */
const ON_ITS_WAY_MS = 500;

/** Users whose heads one query reads. */
const USERS_PER_QUERY = 1_000;

/** Entries or messages that one look pushes to one user or group; a client that lacks more pulls. */
const PUSHED_AT_ONCE = 200;

/** A large group as the database has it. */
export interface LargeHead extends GroupHead {
  readonly conversationId: ConversationId;
  readonly memberVersion: number;
}

/** What the watch reads besides timelines. */
export interface LargeGroupReader {
  /** Every large conversation. */
  largeHeads(): Promise<LargeHead[]>;
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
  /** What delivery has pushed of large groups. */
  groupHeads: GroupHeads;
  onFault(error: unknown): void;
}

/**
 * Delivery without the bus: compares the heads of timelines and large groups in the database with what this node has
 * pushed, and pushes the difference. Often while the bus is broken, and now and then while it is well.
 */
export class DatabaseWatch {
  readonly #options: DatabaseWatchOptions;
  #stopped = false;
  #endWait: () => void = () => undefined;
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
    this.#stopped = true;
    this.#endWait();
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
   * @param wasBroken whether the bus may have lost something since the last look; if not, what may still be on its way
   *   is given time to arrive
   */
  async look(wasBroken: boolean): Promise<void> {
    const { connections, timelines, largeGroups } = this.#options;
    const userIds = [...connections.userIds()];
    const heads: [UserId, Seq][] = [];
    for (let start = 0; start < userIds.length; start += USERS_PER_QUERY) {
      heads.push(...(await timelines.heads(userIds.slice(start, start + USERS_PER_QUERY))));
    }
    const groups = await largeGroups.largeHeads();
    if (!wasBroken) await this.#waitForArrivals();
    for (const [userId, head] of heads) await this.#pushTimeline(userId, head);
    for (const group of groups) await this.#pushGroup(group, wasBroken);
    this.#options.groupHeads.keepOnly(new Set(groups.map(({ conversationId }) => conversationId)));
  }

  #waitForArrivals(): Promise<void> {
    return new Promise((resolve) => {
      this.#endWait = resolve;
      setTimeout(resolve, ON_ITS_WAY_MS).unref();
    });
  }

  async #pushTimeline(userId: UserId, head: Seq): Promise<void> {
    const { connections, timelines, conversations } = this.#options;
    const pushed = connections.pushedSeq(userId);
    if (pushed === undefined || head <= pushed || this.#stopped) return;
    const stored = await timelines.after(userId, pushed, PUSHED_AT_ONCE);
    const rendered = await renderEntries(conversations, userId, stored);
    // What was pushed meanwhile need not be pushed again.
    const entries = rendered.filter(({ seq }) => seq > (connections.pushedSeq(userId) ?? seq));
    const last = entries.at(-1);
    if (last) connections.push(userId, listText(entries), last.seq);
  }

  async #pushGroup(head: LargeHead, wasBroken: boolean): Promise<void> {
    const { connections, largeGroups, memberships, groupHeads } = this.#options;
    const { conversationId, lastSeq, changeSeq, memberVersion } = head;
    const held = groupHeads.of(conversationId) ?? unknownHead(head, wasBroken);
    if ((held.lastSeq >= lastSeq && held.changeSeq >= changeSeq) || this.#stopped) {
      groupHeads.note({ conversationId, ...held });
      return;
    }
    const messages = await largeGroups.messagesAfter(conversationId, held.lastSeq, PUSHED_AT_ONCE);
    const changed = await largeGroups.changedAfter(conversationId, held.changeSeq, PUSHED_AT_ONCE);
    const push = {
      conversationId,
      messages,
      changes: changed.map(({ message }) => message),
      lastSeq: messages.at(-1)?.seq ?? held.lastSeq,
      changeSeq: changed.at(-1)?.changeSeq ?? held.changeSeq,
    };
    pushToAudience(connections, { push, memberVersion }, await memberships.read(conversationId));
    groupHeads.note(push);
  }
}

/**
 * How far a group was pushed that this node has not pushed yet. After a break its newest messages may be among what was
 * lost, and whoever has them drops them; otherwise whoever is here has pulled them.
 */
function unknownHead({ lastSeq, changeSeq }: GroupHead, wasBroken: boolean): GroupHead {
  if (!wasBroken) return { lastSeq, changeSeq };
  return { lastSeq: Math.max(0, lastSeq - PUSHED_AT_ONCE), changeSeq: Math.max(0, changeSeq - PUSHED_AT_ONCE) };
}
