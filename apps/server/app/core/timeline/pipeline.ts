import type { EpochMs, Message } from "@im-webapp/protocol";
import { LRUCache } from "lru-cache";
import type { Clock } from "../shared/clock.ts";
import { ImError, unavailable } from "../shared/errors.ts";
import { type BatchMemory, type BatchResult, type Outcome, runBatch } from "./batch.ts";
import { type Command, type CommandSink, keyName, laneOf } from "./command.ts";
import { FairQueue } from "./fair-queue.ts";
import { Ambiguous, Conflict, type TimelineStore, Transient } from "./timeline-store.ts";

/** Commands that may wait; beyond it callers are told to come back, which costs less than making all of them wait. */
const MAX_QUEUE = 10_000;

/** Commands of one batch. Beyond some hundreds a commit's latency grows and its throughput no longer does. */
const MAX_BATCH_COMMANDS = 256;

/** Text of one batch in bytes; statements stay far below `max_allowed_packet` (16 MiB by default). */
const MAX_BATCH_BYTES = 1024 * 1024;

/** Runs of one batch before its commands are refused. */
const MAX_ATTEMPTS = 6;

/** Conversations whose member lists are kept in memory. */
const CACHED_MEMBERSHIPS = 10_000;

/** Groups that are kept in memory; each is some kilobytes at most. */
const CACHED_GROUPS = 10_000;

/** Users who are remembered to exist. */
const CACHED_USERS = 100_000;

/** First pause before a batch runs again after a deadlock, in milliseconds; doubled each time, with jitter. */
const RETRY_BASE_MS = 5;

interface Waiting {
  readonly lane: string;
  readonly command: Command<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface PipelineOptions {
  store: TimelineStore;
  clock: Clock;
  /** Groups above this size are large. */
  fanoutMaxMembers: number;
  /** Hears of every commit, in commit order, after its commands have been answered. Must not throw. */
  onCommitted(result: BatchResult, at: EpochMs): void;
  /** Hears of faults that are ours. */
  onFault(error: unknown): void;
}

/**
 * The one way in which conversations and timelines change. While a commit is in flight, arrivals gather; the next
 * commit takes them all, in turn from each lane, so that a flood of one group does not hold up the others. Commands of
 * one lane take effect in the order in which they were submitted, repeats of a message included.
 */
export class Pipeline implements CommandSink {
  readonly #options: PipelineOptions;
  readonly #queue = new FairQueue<Waiting>();
  readonly #memory: BatchMemory = {
    memberships: new LRUCache({ max: CACHED_MEMBERSHIPS }),
    groups: new LRUCache({ max: CACHED_GROUPS }),
    users: new LRUCache({ max: CACHED_USERS }),
  };
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** Commands that wait for their batch. */
  get depth(): number {
    return this.#queue.size;
  }

  submit<R>(command: Command<R>): Promise<R> {
    if (this.#closed) return Promise.reject(unavailable("this server is stopping"));
    if (this.#queue.size >= MAX_QUEUE) return Promise.reject(unavailable("too many calls are waiting"));
    return new Promise<R>((resolve, reject) => {
      // The queue holds commands of every kind; what `decide` of this one gives is an R.
      this.#queue.push({ lane: laneOf(command), command, resolve: (value) => resolve(value as R), reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes nothing more and resolves when everything taken has been answered, and `onCommitted` has heard of it. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#running;
    // The last answers are on their way through microtasks, and the last `onCommitted` waits for its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #run(): Promise<void> {
    // One turn of the event loop lets all calls that arrived in the same read of the sockets share the first commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.size > 0) {
      const batch = this.#take();
      const left = await this.#commit(batch).catch((error: unknown) => {
        if (!(error instanceof ImError)) this.#options.onFault(error);
        const refusal = error instanceof ImError ? error : unavailable("the database is away", error);
        // Those behind would each wait for the same database in vain; and none may overtake those refused here.
        return this.#refuse([...batch, ...this.#queue.clear()], refusal);
      });
      this.#queue.putBack(left);
    }
    this.#running = undefined;
  }

  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    return this.#queue.take(({ command }) => {
      bytes += command.bytes ?? 0;
      count += 1;
      return count === 1 || (bytes <= MAX_BATCH_BYTES && count <= MAX_BATCH_COMMANDS);
    });
  }

  /**
   * Commits a batch and answers its commands; gives back those for which it had no room.
   *
   * @throws {ImError} `UNAVAILABLE` when the database is away or too busy; what is not answered by then is not committed,
   * or nobody knows
   */
  async #commit(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    let pending = batch;
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      try {
        const result = await this.#attempt(pending, attempt === 1);
        const done = pending.slice(0, result.outcomes.length);
        await this.#answer(done, result.outcomes);
        return pending.slice(done.length);
      } catch (error) {
        if (error instanceof Ambiguous) throw unavailable("the database is away", error);
        if (attempt >= MAX_ATTEMPTS) throw unavailable("the database is too busy", error);
        if (error instanceof Conflict) pending = await this.#answerDuplicates(pending);
        else if (error instanceof Transient) await pause(attempt);
        else return this.#isolate(pending, error);
      }
    }
    return [];
  }

  async #attempt(pending: readonly Waiting[], guess: boolean): Promise<BatchResult> {
    const at = this.#options.clock();
    const commands = pending.map(({ command }) => command);
    const setting = { at, fanoutMaxMembers: this.#options.fanoutMaxMembers, memory: this.#memory, guess };
    const result = await this.#options.store.commit((transaction) => runBatch(transaction, commands, setting));
    for (const [conversationId, membership] of result.memberships) {
      this.#memory.memberships.set(conversationId, membership);
    }
    for (const versioned of result.groups) this.#memory.groups.set(versioned.group.groupId, versioned);
    // Deferred, so that the acknowledgements, which continue in microtasks, leave before the pushes.
    setImmediate(() => this.#options.onCommitted(result, at));
    return result;
  }

  async #answer(done: readonly Waiting[], outcomes: readonly Outcome[]): Promise<void> {
    const refused: Waiting[] = [];
    done.forEach((waiting, index) => {
      const outcome = outcomes[index];
      if (outcome?.ok) waiting.resolve(outcome.value);
      else refused.push(waiting);
      if (outcome && !outcome.ok && outcome.error.cause !== undefined) this.#options.onFault(outcome.error.cause);
    });
    if (refused.length === 0) return;
    // A message that was accepted once stays accepted, whatever has changed since: the pair comes before permissions.
    // When it cannot be looked up, a refusal for good might be untrue; the caller is to ask again.
    let failure: ImError | undefined;
    const left = new Set(
      await this.#answerDuplicates(refused).catch((error: unknown) => {
        failure = unavailable("the database is away", error);
        return refused;
      }),
    );
    done.forEach((waiting, index) => {
      const outcome = outcomes[index];
      if (!left.has(waiting) || !outcome || outcome.ok) return;
      waiting.reject(failure && waiting.command.once ? failure : outcome.error);
    });
  }

  /** Answers those whose message is stored already; gives back the others. */
  async #answerDuplicates(pending: readonly Waiting[]): Promise<readonly Waiting[]> {
    const keys = pending.flatMap(({ command }) => (command.once ? [command.once.key] : []));
    if (keys.length === 0) return pending;
    const found = new Map<string, Message>(
      (await this.#options.store.findByKeys(keys)).map((message) => [keyName(message), message]),
    );
    return pending.filter(({ command, resolve }) => {
      const stored = command.once && found.get(keyName(command.once.key));
      if (stored) resolve(command.once?.duplicate(stored));
      return stored === undefined;
    });
  }

  /** A batch that fails as a whole for no known reason is run one by one, so that the cause fails alone. */
  async #isolate(pending: readonly Waiting[], cause: unknown): Promise<readonly Waiting[]> {
    if (pending.length === 1) {
      this.#options.onFault(cause);
      return this.#refuse(pending, cause);
    }
    for (const waiting of pending) await this.#commit([waiting]);
    return [];
  }

  #refuse(pending: readonly Waiting[], error: unknown): readonly Waiting[] {
    for (const { reject } of pending) {
      reject(error instanceof ImError ? error : new ImError("INTERNAL", "the server failed; it has been logged"));
    }
    return [];
  }
}

function pause(attempt: number): Promise<void> {
  const ms = RETRY_BASE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, ms));
}
