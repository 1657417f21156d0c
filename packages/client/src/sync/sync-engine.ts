import { MAX_PAGE_SIZE, PULL_INTERVAL_MS } from "@im-webapp/protocol";
import type { CallName, CallRequest, CallResponse, ConversationId, Entry, ReadyEvent, Seq } from "@im-webapp/protocol";
import { sleep } from "../async/sleep.ts";
import type { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import { backoffDelay, retryDelay } from "../transport/backoff.ts";
import type { Call } from "../transport/link.ts";
import { CursorRule } from "./cursor.ts";
import { ReplacedError } from "./timeline-store.ts";
import type { TimelineStore } from "./timeline-store.ts";

/** Conversations of one page of the list; each may carry its newest message, so less than the limit allows. */
const LIST_PAGE = 200;

/**
 * Shortest time between two pulls for regained focus, in milliseconds: one return to the page tells itself by several
 * events.
 */
const FOCUS_INTERVAL_MS = 1_000;

interface Session {
  readonly ready: ReadyEvent;
  agreed: boolean;
  readonly abort: AbortController;
}

export interface SyncEngineContext {
  readonly timeline: TimelineStore;
  readonly call: Call;
  readonly tasks: TaskGroup;
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
 * is missing; asks for the conversation list where there is nothing to continue from. Pushes only make it faster.
 */
export class SyncEngine {
  readonly #context: SyncEngineContext;
  readonly #rule = new CursorRule(() => this.pull());
  /** Ends with the connection. */
  #session: Session | null = null;
  #running = false;
  #again = false;
  #caughtUp = false;
  #accepted: Entry[] = [];
  #storing: Promise<void> | null = null;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #expectations = new Set<ReturnType<typeof setTimeout>>();
  #pulledAt = 0;

  constructor(context: SyncEngineContext) {
    this.#context = context;
  }

  /** Whether everything has been received since the last connect. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** The server has taken the session: catches up. */
  connected(ready: ReadyEvent): void {
    this.disconnected();
    this.#session = { ready, agreed: false, abort: new AbortController() };
    this.pull();
  }

  /** Nothing comes any more; what is being stored is finished. */
  disconnected(): void {
    this.#session?.abort.abort();
    this.#session = null;
    this.#rule.reset(null);
    clearTimeout(this.#idleTimer);
    for (const timer of this.#expectations) clearTimeout(timer);
    this.#expectations.clear();
    this.#setCaughtUp(false);
  }

  /** Takes a push. */
  receive(entries: readonly Entry[]): void {
    if (!this.#session) return;
    this.#waitForPush();
    this.#accept(entries);
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
    if (Date.now() - this.#pulledAt >= FOCUS_INTERVAL_MS) this.pull();
  }

  /** Something must come within `ms` milliseconds; if it may have been lost on the way, asks for it then. */
  expect(ms: number, stillMissing: () => boolean): void {
    if (!this.#session) return;
    const timer = setTimeout(() => {
      this.#expectations.delete(timer);
      if (stillMissing()) this.pull();
    }, ms);
    this.#expectations.add(timer);
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
    } else if (this.#rule.cursor === null) {
      // What an earlier connection brought may still be on its way into the store.
      await this.#settled().catch(() => undefined);
      if (this.#session === session) this.#rule.reset(this.#stored);
    }
    if (this.#session === session && !session.agreed) {
      session.agreed = true;
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
    // Entries may have shown a conversation that the list lacks.
    if (!timeline.position.complete) this.#again = true;
  }

  async #pullAll(session: Session): Promise<void> {
    for (let more = true; more;) {
      const cursor = this.#rule.cursor;
      if (cursor === null) throw unavailable("network", "Not connected");
      const answer = await this.#call(session, "sync:pull", { cursor, limit: MAX_PAGE_SIZE });
      this.#accept(answer.entries);
      await this.#settled();
      more = answer.more;
      const stuck = (this.#rule.cursor ?? 0) <= cursor;
      if (stuck && (more || answer.entries.length > 0)) throw unavailable("protocol", "A page that leads nowhere");
    }
  }

  /** Takes the conversation list over, and with it, when there is no other, the cursor that it gives. */
  async #list(session: Session): Promise<void> {
    const { timeline } = this.#context;
    const adopt = timeline.position.cursor === null;
    const listed = new Set<ConversationId>();
    let cursor: Seq = 0;
    for (let page: string | undefined, more = true; more;) {
      const request = { limit: LIST_PAGE, ...(page !== undefined && { page }) };
      const answer = await this.#call(session, "sync:bootstrap", request);
      for (const { conversationId } of answer.conversations) listed.add(conversationId);
      await timeline.list(answer.conversations);
      cursor = answer.cursor;
      ({ page, more } = answer);
      if (more && page === undefined) throw unavailable("protocol", "More of the list, and no way to ask for it");
    }
    await timeline.completeList(adopt ? { cursor, listed } : undefined);
    if (adopt && this.#session === session) this.#rule.reset(this.#stored);
  }

  /** A call of this connection; never one that an earlier one began and the next would answer. */
  async #call<C extends CallName>(session: Session, name: C, request: CallRequest<C>): Promise<CallResponse<C>> {
    if (this.#session !== session) throw unavailable("network", "Connection lost");
    return this.#context.call(name, request);
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
    this.#storing = this.#store().finally(() => {
      this.#storing = null;
    });
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
    while (this.#accepted.length > 0) {
      const batch = this.#accepted.splice(0, MAX_PAGE_SIZE);
      try {
        await this.#context.timeline.apply(batch);
      } catch (error) {
        this.#accepted = [];
        this.#rule.reset(null);
        throw error;
      }
    }
  }

  /** Resolves once all that was let through is stored; rejects when it could not be. */
  async #settled(): Promise<void> {
    await this.#storing;
  }

  /** The cursor to go on from, as stored. */
  get #stored(): Seq | null {
    return this.#context.timeline.position.cursor;
  }

  #waitForPush(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.pull(), PULL_INTERVAL_MS);
  }

  #setCaughtUp(caughtUp: boolean): void {
    if (caughtUp === this.#caughtUp) return;
    this.#caughtUp = caughtUp;
    this.#context.changed();
  }
}
