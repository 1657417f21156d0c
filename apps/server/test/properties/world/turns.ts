import { vi } from "vitest";
import { unavailable } from "../../../app/core/shared/errors.ts";

/**
 * What becomes of one turn at the database.
 *
 * - `refused`: a deadlock; nothing is written, and the same may succeed when run again
 * - `lost`: the connection goes before the commit; `unanswered`: behind it
 * - `broken`: fails for no known reason, with nothing written
 * - `killed-before`, `killed-after`: the process ends before or behind the commit
 */
export type Fate = "well" | "refused" | "lost" | "unanswered" | "broken" | "killed-before" | "killed-after";

/** A process that waits for the database, and may end meanwhile; then nobody hears what came of it. */
export interface Owner {
  readonly isAlive: boolean;
  kill(): void;
}

interface Waiting {
  readonly owner: Owner;
  go(fate: Fate): Promise<void>;
}

/** Turns of the event loop after which nothing moves by itself: a pipeline takes two from an answer to its next commit. */
const QUIET_AFTER = 4;

/**
 * Everything that waits for the database, or for time, has its turn when the test says so, one after the other. So the
 * order is the test's choice and the same when it is replayed, though the database is a real one.
 */
export class Turns {
  /** How many turns did not go well. */
  disturbances = 0;
  #waiting: Waiting[] = [];

  /** Does `work` when its turn has come. */
  run<T>(owner: Owner, work: (fate: Fate) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const go = (fate: Fate) =>
        work(fate).then(
          (value) => {
            if (owner.isAlive) resolve(value);
          },
          (error: unknown) => {
            if (owner.isAlive) reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      this.#waiting.push({ owner, go });
    });
  }

  /** Gives one of those who wait their turn, or lets time pass for the first who waits for that; false when none does. */
  async next(pick: number, fate: Fate): Promise<boolean> {
    this.#waiting = this.#waiting.filter(({ owner }) => owner.isAlive);
    const timers = vi.getTimerCount() > 0 ? 1 : 0;
    const choices = this.#waiting.length + timers;
    if (choices === 0) return false;
    const [chosen] = this.#waiting.splice(pick % choices, 1);
    if (chosen && fate !== "well") this.disturbances += 1;
    if (chosen) await chosen.go(fate);
    else vi.advanceTimersToNextTimer();
    await this.quiet();
    return true;
  }

  /** Resolves when nothing moves any more but by a turn. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < QUIET_AFTER; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same object, whose every method waits for its turn. For what only reads. */
export function inTurns<T extends object>(turns: Turns, owner: Owner, target: T): T {
  return new Proxy(target, {
    get(_target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) =>
        turns.run(owner, async (fate) => {
          if (fate === "killed-before" || fate === "killed-after") owner.kill();
          else if (fate !== "well") throw unavailable("the database is away");
          return Reflect.apply(member, target, given) as Promise<unknown>;
        });
    },
  });
}
