import type { AckRequest, ConversationId, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { Call } from "../transport/link.ts";
import type { ConversationRecord } from "./conversation-record.ts";

/** Shortest time between two acknowledgements, in milliseconds: they only help the server to trim and to show. */
const ACK_INTERVAL_MS = 5_000;

/** Most large groups that one acknowledgement names, as the protocol has it. */
const MAX_GROUPS = 1_000;

type GroupAck = NonNullable<AckRequest["groups"]>[number];

/**
 * Tells the server now and then how far this device has stored its timeline and the large groups. Late or lost
 * acknowledgements cost nothing, so failures are left to the next one.
 */
export class Acknowledger {
  readonly #call: Call;
  readonly #tasks: TaskGroup;
  #acknowledged: Seq | null = null;
  #stored: Seq | null = null;
  /** Positions that the server has not been told. */
  readonly #groups = new Map<ConversationId, GroupAck>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call, tasks: TaskGroup) {
    this.#call = call;
    this.#tasks = tasks;
  }

  /** Everything up to `cursor` is stored, and of these conversations what counts as held. */
  stored(cursor: Seq, records: Iterable<ConversationRecord>): void {
    this.#stored = cursor;
    for (const { conversation, held } of records) {
      const { conversationId, large = false } = conversation;
      const { lastSeq, changeSeq } = held;
      if (large) this.#groups.set(conversationId, { conversationId, lastSeq, changeSeq });
    }
    this.#schedule();
  }

  /** Sends nothing until the next `stored`. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#acknowledged = null;
    this.#groups.clear();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tasks.run(() => this.#acknowledge());
    }, ACK_INTERVAL_MS);
  }

  async #acknowledge(): Promise<void> {
    const cursor = this.#stored;
    const groups = [...this.#groups.values()].slice(0, MAX_GROUPS);
    if (cursor === null || (cursor === this.#acknowledged && groups.length === 0)) return;
    try {
      await this.#call("sync:ack", { cursor, ...(groups.length > 0 && { groups }) });
      this.#acknowledged = cursor;
      for (const told of groups) {
        if (this.#groups.get(told.conversationId) === told) this.#groups.delete(told.conversationId);
      }
      if (this.#groups.size > 0) this.#schedule();
    } catch {
      // The next one says the same and more.
    }
  }
}
