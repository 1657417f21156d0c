import { setTimeout as sleep } from "node:timers/promises";

/** Work at a stretch, in milliseconds: so long may what is sent meanwhile wait for the process. */
const WORK_MS = 4;
/** Least rest, in milliseconds: shows how busy the process is without this work. */
const LOOK_MS = 5;
/** Share of a rest in which the process did other things, from which on it counts as busy. */
const BUSY = 0.3;
/** Rest in a busy process, in times of the work before it: those who send give up a fifteenth of what they have. */
const BUSY_RESTS = 14;

/** How work that can wait goes on beside work that cannot. */
export interface Pace {
  /** Whether it is time to rest: cheap, to be asked between pieces of well below a millisecond. */
  readonly isOver: boolean;
  /** Resolves when the work may go on. */
  rest(): Promise<void>;
}

/** Of a process that has nothing else to do. */
export const WITHOUT_REST: Pace = { isOver: false, rest: () => Promise.resolve() };

/** Of a process that serves people: a few milliseconds of work, then a rest that is long when others need the process. */
export class GentlePace implements Pace {
  readonly #stopping = new AbortController();
  #since = 0;
  #atRest: () => Promise<unknown> = () => Promise.resolve();

  get isOver(): boolean {
    return performance.now() - this.#since >= WORK_MS;
  }

  /** What was before was no work. `atRest` is awaited at the end of each rest; what it throws ends the work. */
  begin(atRest: () => Promise<unknown>): void {
    this.#atRest = atRest;
    this.#since = performance.now();
  }

  async rest(): Promise<void> {
    const worked = performance.now() - this.#since;
    const before = performance.eventLoopUtilization();
    await this.#sleep(LOOK_MS);
    if (performance.eventLoopUtilization(before).utilization >= BUSY) await this.#sleep(worked * BUSY_RESTS - LOOK_MS);
    this.#since = performance.now();
    await this.#atRest();
  }

  /** Ends a rest, and takes none from here on: what was begun ends soon. */
  stop(): void {
    this.#stopping.abort();
  }

  async #sleep(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
