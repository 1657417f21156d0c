import { PUSH_GAP_MS } from "@im-webapp/protocol";
import type { ConversationId, GroupPushEvent } from "@im-webapp/protocol";
import { inParallel } from "../async/in-parallel.ts";
import { loadPart } from "../async/load-part.ts";
import type { TaskGroup } from "../async/task-group.ts";
import { ImError } from "../errors.ts";
import type { Call } from "../transport/link.ts";
import { isBehind } from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import type { TimelineStore } from "./timeline-store.ts";

/** Most pushes that wait to be stored, or for what comes before them. What does not fit is dropped and read later. */
const MAX_WAITING = 1_000;

/** Conversations read at the same time: enough to hide the way to the server, too few to be a load. */
const READ_AT_ONCE = 4;

/**
 * Rounds of one catching up. What is still behind after so many is ahead of us all the time; the next push or pull goes
 * on from there.
 */
const MAX_ROUNDS = 10;

export interface LargeGroupsContext {
  readonly timeline: TimelineStore;
  readonly tasks: TaskGroup;
  /** Something is missing that does not come by itself; answered by `catchUp`, soon. */
  readonly missing: () => void;
  /** A conversation could not be read, and would not be by asking again; the next connection tries anew. */
  readonly fault: (error: unknown) => void;
}

/**
 * Keeps conversations complete whose messages are in no timeline: applies pushes that continue what is held, and has
 * read what does not come by itself within `PUSH_GAP_MS`. The same goes for every conversation that is known to have
 * more than is held of it, as after growing beyond the threshold or shrinking below it.
 */
export class LargeGroups {
  readonly #context: LargeGroupsContext;
  #active = false;
  #incoming: GroupPushEvent[] = [];
  #applying = false;
  /** Pushes that came before what they continue, or while their conversation was being read. */
  #early: GroupPushEvent[] = [];
  readonly #reading = new Set<ConversationId>();
  /** To be read whether known to be behind or not: something of theirs is known to have been lost. */
  readonly #wanted = new Set<ConversationId>();
  /** Pushed as large ones while nothing has said that they are: the entry that says so may be lost. */
  readonly #unannounced = new Set<ConversationId>();
  /** Not to be asked for again by this connection. */
  readonly #failed = new Set<ConversationId>();
  #gapTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: LargeGroupsContext) {
    this.#context = context;
  }

  /** What is held belongs to the epoch of the server just connected to, so that its pushes may continue it. */
  connected(): void {
    this.#active = true;
  }

  /** Forgets what waits: after a lost connection, all of it is asked for anew. */
  disconnected(): void {
    this.#active = false;
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
    this.#incoming = [];
    this.#early = [];
    this.#wanted.clear();
    this.#unannounced.clear();
    this.#failed.clear();
  }

  /** Takes a push. */
  receive(push: GroupPushEvent): void {
    if (!this.#active) return;
    this.#wait(this.#incoming, [push]);
    if (!this.#isAnnounced(push.conversationId)) {
      this.#unannounced.add(push.conversationId);
      this.#checkSoon();
    }
    this.#apply();
  }

  /** Has a conversation read by the next `catchUp`, if it is one whose news may be lost. */
  want(conversationId: ConversationId): void {
    if (this.#context.timeline.conversations.get(conversationId)?.held.large) this.#wanted.add(conversationId);
  }

  /** Records have changed: what waited for them may fit now, and what they lack may have to be asked for. */
  moved(records: ReadonlyMap<ConversationId, ConversationRecord>): void {
    if (!this.#active) return;
    this.#retry((id) => records.has(id));
    if ([...records.values()].some(isBehind)) this.#checkSoon();
  }

  /** Reads all that is known to be missing. Rejects with what kept the server from answering. */
  async catchUp(call: Call): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const behind = this.#behind();
      if (behind.length === 0) return;
      await inParallel(behind, READ_AT_ONCE, (id) => this.#read(id, call));
    }
  }

  async #read(id: ConversationId, call: Call): Promise<void> {
    const { timeline, fault } = this.#context;
    this.#reading.add(id);
    try {
      const { readConversation } = await loadPart(() => import("./read-conversation.ts"));
      await readConversation(id, { timeline, call });
      this.#wanted.delete(id);
    } catch (error) {
      if (!(error instanceof ImError) || error.retryable || error.code === "UNAUTHENTICATED") throw error;
      // One conversation that the server cannot give must not keep the others from being complete.
      this.#failed.add(id);
      fault(error);
    } finally {
      this.#reading.delete(id);
      this.#retry((other) => other === id);
    }
  }

  /** Stores what has come; what arrives while storing goes into the next transaction. */
  #apply(): void {
    if (this.#applying || this.#incoming.length === 0) return;
    this.#applying = true;
    this.#context.tasks.run(async () => {
      try {
        while (this.#incoming.length > 0) await this.#applyAll(this.#incoming.splice(0));
      } finally {
        this.#applying = false;
      }
    });
  }

  async #applyAll(pushes: readonly GroupPushEvent[]): Promise<void> {
    const ready = pushes.filter(({ conversationId }) => !this.#reading.has(conversationId));
    // At once, so that the end of the reading finds them.
    const waiting = pushes.filter(({ conversationId }) => this.#reading.has(conversationId));
    this.#wait(this.#early, waiting);
    if (ready.length === 0) return;
    try {
      const early = await this.#context.timeline.applyPushes(ready);
      if (!this.#active || early.length === 0) return;
      this.#wait(this.#early, early);
      this.#checkSoon();
    } catch {
      // The store did not take them. Reading them anew meets the same fault, and deals with it.
      if (!this.#active) return;
      for (const { conversationId } of ready) this.#wanted.add(conversationId);
      this.#context.missing();
    }
  }

  /** Offers what waited for these conversations once more. */
  #retry(which: (id: ConversationId) => boolean): void {
    const again = this.#early.filter(({ conversationId }) => which(conversationId));
    if (again.length === 0) return;
    this.#early = this.#early.filter(({ conversationId }) => !which(conversationId));
    this.#wait(this.#incoming, again);
    this.#apply();
  }

  #wait(queue: GroupPushEvent[], pushes: readonly GroupPushEvent[]): void {
    for (const push of pushes) {
      if (queue.length < MAX_WAITING) {
        queue.push(push);
      } else {
        this.#wanted.add(push.conversationId);
        this.#checkSoon();
      }
    }
  }

  #checkSoon(): void {
    this.#gapTimer ??= setTimeout(() => {
      this.#gapTimer = undefined;
      this.#context.tasks.run(() => this.#check());
    }, PUSH_GAP_MS);
  }

  /** What is missing has not come by itself. */
  async #check(): Promise<void> {
    const lost = this.#early.filter(({ conversationId }) => !this.#reading.has(conversationId));
    this.#early = this.#early.filter(({ conversationId }) => this.#reading.has(conversationId));
    const unannounced = [...this.#unannounced].some((id) => !this.#isAnnounced(id));
    this.#unannounced.clear();
    try {
      if (lost.length > 0) await this.#context.timeline.learn(lost);
    } catch {
      for (const { conversationId } of lost) this.#wanted.add(conversationId);
    }
    if (this.#active && (unannounced || this.#behind().length > 0)) this.#context.missing();
  }

  #isAnnounced(id: ConversationId): boolean {
    return this.#context.timeline.conversations.get(id)?.conversation.large === true;
  }

  #behind(): ConversationId[] {
    const { conversations } = this.#context.timeline;
    const behind = [...conversations].filter(([, record]) => isBehind(record)).map(([id]) => id);
    return [...new Set([...behind, ...this.#wanted])].filter((id) => !this.#failed.has(id));
  }
}
