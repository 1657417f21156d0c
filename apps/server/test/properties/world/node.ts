import type { GroupPushEvent, Seq, UserId } from "@im-webapp/protocol";
import { Delivery } from "../../../app/core/delivery/delivery.ts";
import { GroupHeads } from "../../../app/core/delivery/group-heads.ts";
import type { Bus, BusMessage, Connections } from "../../../app/core/delivery/ports.ts";
import { GroupMembers } from "../../../app/core/groups/members.ts";
import { ChangeMessage } from "../../../app/core/messages/change-message.ts";
import { MarkRead } from "../../../app/core/messages/mark-read.ts";
import { PullChanges } from "../../../app/core/messages/pull-changes.ts";
import { PullHistory } from "../../../app/core/messages/pull-history.ts";
import { SendMessage } from "../../../app/core/messages/send-message.ts";
import type { Clock } from "../../../app/core/shared/clock.ts";
import { Pipeline } from "../../../app/core/timeline/pipeline.ts";
import { Sync } from "../../../app/core/timeline/sync.ts";
import { SqlConversationReader } from "../../../app/repository/conversation-reader.ts";
import { SqlGroupReader } from "../../../app/repository/group-reader.ts";
import { SqlMarkReader } from "../../../app/repository/mark-reader.ts";
import { SqlMembershipReader } from "../../../app/repository/membership-reader.ts";
import { SqlMessageStore } from "../../../app/repository/message-store.ts";
import { SqlParticipationStore } from "../../../app/repository/participation-store.ts";
import type { Sql } from "../../../app/repository/sql.ts";
import { SqlTimelineReader } from "../../../app/repository/timeline-reader.ts";
import { SqlTimelineStore } from "../../../app/repository/timeline-store.ts";
import { SqlUserDirectory } from "../../../app/repository/user-directory.ts";
import { FaultyStore } from "./faulty-store.ts";
import type { Ledger } from "./ledger.ts";
import { type Owner, type Turns, inTurns } from "./turns.ts";

/** Groups of more than this are large here, so that every coming and going crosses it. */
export const FANOUT_MAX_MEMBERS = 2;

/** For how long a sender may recall here, in milliseconds. */
const RECALL_WITHIN_MS = 120_000;

/** What a node is built upon, and whom it tells. */
export interface Surroundings {
  readonly sql: Sql;
  readonly turns: Turns;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Who is connected to this node. */
  connected(node: Node): ReadonlySet<UserId>;
  pushed(node: Node, userId: UserId, entries: string, lastSeq: Seq): void;
  pushedGroup(node: Node, userIds: readonly UserId[], push: GroupPushEvent): void;
  published(node: Node, message: BusMessage): void;
  killed(node: Node): void;
  fault(error: unknown): void;
}

/** One process of the server, from the use cases down to the database, but for the sockets. */
export class Node implements Owner, Connections, Bus {
  readonly place: number;
  readonly pipeline: Pipeline;
  readonly sendMessage: SendMessage;
  readonly markRead: MarkRead;
  readonly changeMessage: ChangeMessage;
  readonly groupMembers: GroupMembers;
  readonly pullHistory: PullHistory;
  readonly pullChanges: PullChanges;
  readonly sync: Sync;
  readonly isHealthy = true;
  /** Takes what another node has published. */
  hear: (message: BusMessage) => void = () => undefined;
  readonly #around: Surroundings;
  #isAlive = true;

  constructor(place: number, around: Surroundings) {
    this.place = place;
    this.#around = around;
    const { sql, turns, ledger, clock } = around;
    const onFault = (error: unknown) => around.fault(error);
    const conversations = inTurns(turns, this, new SqlConversationReader(sql));
    const participations = inTurns(turns, this, new SqlParticipationStore(sql));
    const messages = inTurns(turns, this, new SqlMessageStore(sql));
    const marks = inTurns(turns, this, new SqlMarkReader(sql));
    const memberships = inTurns(turns, this, new SqlMembershipReader(sql));
    const users = inTurns(turns, this, new SqlUserDirectory(sql));
    const groupHeads = new GroupHeads();
    const delivery = new Delivery({
      connections: this,
      bus: this,
      conversations,
      memberships,
      users,
      groupHeads,
      onFault,
    });
    this.pipeline = new Pipeline({
      store: new FaultyStore(new SqlTimelineStore(sql), turns, this, ledger),
      clock,
      fanoutMaxMembers: FANOUT_MAX_MEMBERS,
      onFault,
      onCommitted: (result, at) => {
        if (this.#isAlive) delivery.committed(result, at);
      },
    });
    this.sendMessage = new SendMessage(this.pipeline, "anyone");
    this.markRead = new MarkRead(this.pipeline);
    this.changeMessage = new ChangeMessage(this.pipeline, RECALL_WITHIN_MS);
    this.groupMembers = new GroupMembers(this.pipeline, inTurns(turns, this, new SqlGroupReader(sql)));
    this.pullHistory = new PullHistory(participations, messages, marks);
    this.pullChanges = new PullChanges(participations, messages, marks);
    this.sync = new Sync(inTurns(turns, this, new SqlTimelineReader(sql)), conversations, clock);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The process ends at once: nothing of it moves any more, and nobody is answered. */
  kill(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#around.killed(this);
  }

  isConnected(userId: UserId): boolean {
    return this.#around.connected(this).has(userId);
  }

  userIds(): Iterable<UserId> {
    return this.#around.connected(this);
  }

  get userCount(): number {
    return this.#around.connected(this).size;
  }

  push(userId: UserId, entries: string, lastSeq: Seq): void {
    this.#around.pushed(this, userId, entries, lastSeq);
  }

  /** Only the watch of the database asks, which does not run here. */
  pushedSeq(): undefined {
    return undefined;
  }

  pushGroup(userIds: readonly UserId[], push: GroupPushEvent): void {
    this.#around.pushedGroup(this, userIds, push);
  }

  endDevice(): void {}

  userConnected(): void {}

  userDisconnected(): void {}

  publish(message: BusMessage): void {
    this.#around.published(this, message);
  }

  subscribe(listener: (message: BusMessage) => void): void {
    this.hear = listener;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
