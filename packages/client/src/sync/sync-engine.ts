import { MAX_PAGE_SIZE, PULL_INTERVAL_MS } from "@im-webapp/protocol";
import type { ConversationId, Entry, GroupPushEvent, LargeGroupState, ReadyEvent, Seq } from "@im-webapp/protocol";
import { loadPart } from "../async/load-part.ts";
import { sleep } from "../async/sleep.ts";
import type { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import { backoffDelay, retryDelay } from "../transport/backoff.ts";
import type { Call } from "../transport/link.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { CursorRule } from "./cursor.ts";
import { Expectations } from "./expectations.ts";
import { LargeGroups } from "./large-groups.ts";
import { ReplacedError } from "./timeline-store.ts";
import type { TimelineStore } from "./timeline-store.ts";

/**
 * Shortest time between two pulls for regained focus, in milliseconds: one return to the page tells itself by several
 * events.
 */
const FOCUS_INTERVAL_MS = 1_000;

/**
 * Most entries stored in one transaction. What conversations have in common is then written once and not once for each
 * page; more would hold the store for too long at a time.
 */
const MAX_STORED_AT_ONCE = 10_000;

/** Entries that wait to be stored while more of them are asked for; with so many, the next page waits as well. */
const MAX_WAITING = 10_000;

interface Session {
  readonly ready: ReadyEvent;
  agreed: boolean;
  /** What the first pull said of large groups, until that is stored: it is said only once. */
  groups: readonly LargeGroupState[];
  readonly abort: AbortController;
  /** Calls by this connection; never one that an earlier one began and the next would answer. */
  readonly call: Call;
}

export interface SyncEngineContext {
  readonly timeline: TimelineStore;
  readonly call: Call;
  readonly tasks: TaskGroup;
  /** Conversations that somebody looks at. */
  readonly shown: () => Iterable<ConversationId>;
  /** What is stored belongs to the epoch of the server just connected to, so what depends on it may go out. */
  readonly agreed: (ready: ReadyEvent) => void;
  /** `caughtUp` has changed. */
  readonly changed: () => void;
  /** The connection seems dead: it no longer answers. */
  readonly stalled: (error: ImError) => void;
  /** A fault of the local store; sync tries again by itself. */
  readonly fault: (error: unknown) => void;
}

/**
 * Keeps the timeline complete: after each connect, and whenever pushes leave a hole or stay away, pulls until nothing
 * is missing, and reads what the timeline leaves out; asks for the conversation list where there is nothing to continue
 * from. Pushes only make it faster.
 */
export class SyncEngine {
  readonly #context: SyncEngineContext;
  readonly #rule = new CursorRule(() => this.pull());
  readonly #groups: LargeGroups;
  /** Ends with the connection. */
  #session: Session | null = null;
  #running = false;
  #again = false;
  #caughtUp = false;
  #accepted: Entry[] = [];
  #storing: Promise<void> | null = null;
  /** What is in the store's hands of it, one transaction. */
  #applying: Promise<void> | null = null;
  /** Why the last storing failed, until a pull has dealt with it. */
  #fault: Error | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #expectations = new Expectations();
  #pulledAt = 0;

  constructor(context: SyncEngineContext) {
    this.#context = context;
    const { timeline, tasks, fault } = context;
    this.#groups = new LargeGroups({ timeline, tasks, fault, missing: () => this.pull() });
  }

  /** Whether everything has been received since the last connect. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** The server has taken the session: catches up. */
  connected(ready: ReadyEvent): void {
    this.disconnected();
    const session: Session = {
      ready,
      agreed: false,
      groups: [],
      abort: new AbortController(),
      call: async (name, request) => {
        if (this.#session !== session) throw unavailable("network", "Not connected");
        return this.#context.call(name, request);
      },
    };
    this.#session = session;
    this.pull();
  }

  /** Nothing comes any more; what is being stored is finished. */
  disconnected(): void {
    this.#session?.abort.abort();
    this.#session = null;
    this.#rule.reset(null);
    clearTimeout(this.#idleTimer);
    this.#expectations.clear();
    this.#groups.disconnected();
    this.#setCaughtUp(false);
  }

  /** Takes a push of the timeline. */
  receive(entries: readonly Entry[]): void {
    if (!this.#session) return;
    this.#waitForPush();
    this.#accept(entries);
  }

  /** Takes a push of a large group. */
  receiveGroup(push: GroupPushEvent): void {
    this.#groups.receive(push);
  }

  /** Records have changed, by whatever step. */
  moved(records: ReadonlyMap<ConversationId, ConversationRecord>): void {
    this.#groups.moved(records);
  }

  /** Asks the server for what is missing, now; during a pull, once more after it. */
  pull(): void {
    const session = this.#session;
    if (!session) return;
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    this.#context.tasks.run(() => this.#run());
  }

  /** Asks for what is missing because somebody looks again. */
  focused(): void {
    if (Date.now() - this.#pulledAt >= FOCUS_INTERVAL_MS) this.#look();
  }

  /**
   * Asks for what may have been lost without a sign. No pull tells of the last push of a large group, so those that
   * somebody looks at are asked themselves; the others wait for their next push or the next connection.
   */
  #look(): void {
    for (const id of this.#context.shown()) this.#groups.want(id);
    this.pull();
  }

  /** Something of a conversation must come within `ms` milliseconds; if it may have been lost, asks for it then. */
  expect(conversationId: ConversationId, ms: number, isMissing: () => boolean): void {
    if (!this.#session) return;
    this.#expectations.add(ms, isMissing, () => {
      this.#groups.want(conversationId);
      this.pull();
    });
  }

  /** Runs until caught up or disconnected; a new connection during the run is taken up by the same run. */
  async #run(): Promise<void> {
    for (let attempt = 0; this.#session && this.#again;) {
      const session = this.#session;
      try {
        this.#again = false;
        await this.#catchUp(session);
        attempt = 0;
        if (this.#session === session) this.#done();
      } catch (error) {
        this.#again = true;
        await this.#recover(error, attempt, session.abort.signal);
        attempt += 1;
      }
    }
    this.#running = false;
  }

  async #catchUp(session: Session): Promise<void> {
    const { timeline } = this.#context;
    const { epoch } = session.ready;
    if (timeline.position.epoch !== epoch) {
      await this.#drop(() => timeline.reset(epoch));
      if (this.#session === session) this.#rule.reset(timeline.position.cursor);
    } else if (this.#rule.cursor === null) {
      // What an earlier connection brought may still be on its way into the store.
      await this.#settled().catch(() => undefined);
      if (this.#session === session) this.#rule.reset(timeline.position.cursor);
    }
    if (this.#session === session && !session.agreed) {
      session.agreed = true;
      this.#groups.connected();
      this.#context.agreed(session.ready);
    }
    if (timeline.position.cursor === null || !timeline.position.complete) await this.#list(session);
    try {
      await this.#pullAll(session);
    } catch (error) {
      if (!(error instanceof ImError) || error.code !== "CURSOR_EXPIRED") throw error;
      await this.#drop(() => timeline.expire());
      await this.#list(session);
      await this.#pullAll(session);
    }
    await timeline.learn(session.groups);
    session.groups = [];
    await this.#groups.catchUp(session.call);
    // Entries may have shown a conversation that the list lacks.
    if (!timeline.position.complete) this.#again = true;
  }

  /** Asks for page after page, each while the one before is being stored; resolves once all of them are. */
  async #pullAll(session: Session): Promise<void> {
    this.#fault = undefined;
    for (let more = true; more;) {
      const cursor = this.#continuing();
      const answer = await session.call("sync:pull", { cursor, limit: MAX_PAGE_SIZE });
      this.#continuing();
      this.#accept(answer.entries);
      if (answer.groups) session.groups = answer.groups;
      more = answer.more;
      const stuck = (this.#rule.cursor ?? 0) <= cursor;
      if (stuck && (more || answer.entries.length > 0)) throw unavailable("protocol", "A page that leads nowhere");
      if (this.#accepted.length >= MAX_WAITING) await this.#applying;
    }
    await this.#settled();
  }

  /** The place to continue from. Throws where there is none, with the fault of the store if that is why. */
  #continuing(): Seq {
    const { cursor } = this.#rule;
    if (cursor !== null) return cursor;
    throw this.#fault ?? unavailable("network", "Not connected");
  }

  async #list(session: Session): Promise<void> {
    const { timeline } = this.#context;
    const adopts = timeline.position.cursor === null;
    const { loadList } = await loadPart(() => import("./load-list.ts"));
    await loadList(timeline, session.call);
    if (adopts && this.#session === session) this.#rule.reset(timeline.position.cursor);
  }

  /** Drops what is held, once what is being stored is done with. */
  async #drop(work: () => Promise<void>): Promise<void> {
    this.#rule.reset(null);
    await this.#settled().catch(() => undefined);
    await work();
  }

  async #recover(error: unknown, attempt: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (error instanceof ReplacedError) {
      this.#rule.reset(null);
      try {
        await this.#context.timeline.reload();
      } catch (fault) {
        this.#context.fault(fault);
      }
    } else if (!(error instanceof ImError)) {
      this.#context.fault(error);
    } else if (error.details?.["reason"] === "timeout") {
      this.#context.stalled(error);
      return;
    }
    await sleep(error instanceof ImError ? retryDelay(error, attempt) : backoffDelay(attempt), signal);
  }

  #done(): void {
    this.#pulledAt = Date.now();
    this.#waitForPush();
    if (!this.#again) this.#setCaughtUp(true);
  }

  /** Lets through what may be applied, and stores it; what arrives while storing goes into the next transaction. */
  #accept(entries: readonly Entry[]): void {
    this.#accepted.push(...this.#rule.offer(entries));
    if (this.#accepted.length === 0 || this.#storing) return;
    this.#storing = this.#store();
    // `#settled` gives the fault to a pull that waits for it; without one, the next pull has to repeat the work.
    this.#context.tasks.run(async () => {
      try {
        await this.#storing;
        // Entries have shown a conversation that the list lacks.
        if (!this.#context.timeline.position.complete) this.pull();
      } catch {
        this.pull();
      }
    });
  }

  async #store(): Promise<void> {
    try {
      while (this.#accepted.length > 0) {
        this.#applying = this.#context.timeline.apply(this.#accepted.splice(0, MAX_STORED_AT_ONCE));
        await this.#applying;
      }
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error("The store failed", { cause: error });
      this.#accepted = [];
      this.#rule.reset(null);
      throw error;
    } finally {
      // In the same moment as the last look at what waits, so that nothing can come to wait in between.
      this.#storing = null;
      this.#applying = null;
    }
  }

  /** Resolves once all that was let through is stored; rejects when it could not be. */
  async #settled(): Promise<void> {
    await this.#storing;
  }

  #waitForPush(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#look(), PULL_INTERVAL_MS);
  }

  #setCaughtUp(caughtUp: boolean): void {
    if (caughtUp === this.#caughtUp) return;
    this.#caughtUp = caughtUp;
    this.#context.changed();
  }
}
