import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { toImError } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { AccountStore, ReadMark } from "../store/local-store.ts";
import { retryDelay } from "../transport/backoff.ts";
import type { Call } from "../transport/link.ts";
import { PendingWrites } from "./pending-writes.ts";

export interface ReadMarksContext {
  readonly store: AccountStore;
  readonly call: Call;
  readonly tasks: TaskGroup;
  /** The store has changed. */
  readonly stored: () => void;
  /** `pending` changed. */
  readonly changed: () => void;
}

/**
 * Read positions set on this device that the timeline does not show yet. They are shown over the timeline's own at
 * once, survive a reload, and are told to the server when it can be reached, only the newest of each conversation.
 */
export class ReadMarks {
  readonly #context: ReadMarksContext;
  readonly #storing: PendingWrites;
  readonly #underWay = new Set<ConversationId>();
  /** What the server has been told, which waits for its entry only. */
  readonly #told = new Map<ConversationId, Seq>();
  #pending: ReadonlyMap<ConversationId, Seq> = new Map();
  #connected = false;
  #attempt = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(context: ReadMarksContext) {
    this.#context = context;
    this.#storing = new PendingWrites(context.stored);
  }

  get pending(): ReadonlyMap<ConversationId, Seq> {
    return this.#pending;
  }

  /** Takes over what an earlier run left. */
  restore(marks: readonly ReadMark[]): void {
    this.#replace(new Map(marks.map(({ conversationId, seq }) => [conversationId, seq])));
  }

  /** Takes over what other tabs have stored. */
  async refresh(): Promise<void> {
    const read = async (): Promise<readonly ReadMark[]> => (await this.#context.store.pending()).reads;
    await this.#storing.refresh(
      () => this.#pending,
      read,
      (marks) => this.restore(marks),
    );
    this.#pump();
  }

  connected(): void {
    this.#connected = true;
    this.#attempt = 0;
    this.#told.clear();
    this.#pump();
  }

  disconnected(): void {
    this.#connected = false;
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** Sets a position, higher than any before; resolves once it is stored. */
  async mark(conversationId: ConversationId, seq: Seq): Promise<void> {
    if (seq <= (this.#pending.get(conversationId) ?? 0)) return;
    this.#replace(new Map(this.#pending).set(conversationId, seq));
    this.#pump();
    await this.#storing.run(() => this.#context.store.putRead({ conversationId, seq }));
  }

  /** Drops the positions that the timeline shows by now. */
  settle(readSeq: (conversationId: ConversationId) => Seq | undefined): void {
    this.#forget([...this.#pending].filter(([id, seq]) => (readSeq(id) ?? 0) >= seq));
  }

  /** Forgets everything; the store has already. */
  reset(): void {
    this.#told.clear();
    this.#replace(new Map());
  }

  #pump(): void {
    if (!this.#connected || this.#pause !== undefined) return;
    for (const [conversationId, seq] of this.#pending) {
      if (this.#underWay.has(conversationId) || (this.#told.get(conversationId) ?? 0) >= seq) continue;
      this.#underWay.add(conversationId);
      this.#context.tasks.run(() => this.#tell(conversationId, seq));
    }
  }

  async #tell(conversationId: ConversationId, seq: Seq): Promise<void> {
    try {
      await this.#context.call("read:mark", { conversationId, seq });
      this.#told.set(conversationId, seq);
      this.#attempt = 0;
    } catch (error) {
      this.#refused(conversationId, toImError(error));
    } finally {
      this.#underWay.delete(conversationId);
    }
    this.#pump();
  }

  #refused(conversationId: ConversationId, error: ImError): void {
    if (error.code === "UNAUTHENTICATED") return;
    if (!error.retryable) {
      // For example a conversation that was left meanwhile: there is nothing to tell any more.
      this.#forget([[conversationId, this.#pending.get(conversationId) ?? 0]]);
    } else if (this.#connected && this.#pause === undefined) {
      this.#pause = setTimeout(
        () => {
          this.#pause = undefined;
          this.#pump();
        },
        retryDelay(error, this.#attempt),
      );
      this.#attempt += 1;
    }
  }

  #forget(positions: readonly (readonly [ConversationId, Seq])[]): void {
    if (positions.length === 0) return;
    const next = new Map(this.#pending);
    for (const [id] of positions) {
      next.delete(id);
      this.#told.delete(id);
    }
    this.#replace(next);
    const marks = positions.map(([conversationId, seq]) => ({ conversationId, seq }));
    this.#context.tasks.run(() => this.#storing.run(() => this.#context.store.removeReads(marks)));
  }

  #replace(pending: ReadonlyMap<ConversationId, Seq>): void {
    if (pending.size === 0 && this.#pending.size === 0) return;
    this.#pending = pending;
    this.#context.changed();
  }
}
