import type { EpochMs, Message, Seq } from "@im-webapp/protocol";
import type { MessagePlace } from "../timeline/model.ts";
import type { CandidateRun } from "./ports.ts";

/** Candidates that are taken of one run at a time, where there are many runs. */
const LEAST_SHARE = 8;

/** A run as far as it has not been taken. */
interface Waiting {
  readonly conversationId: string;
  readonly seqs: readonly Seq[];
  /** How many of `seqs`, from the first, still wait. */
  left: number;
  /** None of those was sent later. */
  lastAt: EpochMs;
}

/** Candidates in the order in which they are worth looking at: those that may be the newest first, and each once. */
export class CandidateQueue {
  readonly #taken = new Set<string>();
  #waiting: Waiting[] = [];

  add(runs: readonly CandidateRun[]): void {
    for (const { conversationId, seqs, lastAt } of runs) {
      this.#waiting.push({ conversationId, seqs, left: seqs.length, lastAt });
    }
    this.#order();
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Nothing that waits was sent later; −∞ when nothing does. */
  get newestAt(): EpochMs {
    return this.#waiting[0]?.lastAt ?? -Infinity;
  }

  /** Takes up to `count`: some of each run that may have the newest, for how close its messages are is not known. */
  take(count: number): MessagePlace[] {
    const places: MessagePlace[] = [];
    const share = Math.max(LEAST_SHARE, Math.ceil(count / this.#waiting.length));
    for (const run of this.#waiting) {
      for (let taken = 0; run.left > 0 && taken < share && places.length < count; taken += 1) {
        run.left -= 1;
        const place = { conversationId: run.conversationId, seq: run.seqs[run.left] ?? 0 };
        const key = `${place.conversationId} ${place.seq}`;
        if (!this.#taken.has(key)) places.push(place);
        this.#taken.add(key);
      }
      if (places.length >= count) break;
    }
    return places;
  }

  /** Learns from taken messages when those before them can have been sent at the latest. */
  seen(messages: readonly Message[]): void {
    for (const run of this.#waiting) {
      const next = run.seqs[run.left - 1] ?? 0;
      for (const { conversationId, seq, sentAt } of messages) {
        if (conversationId === run.conversationId && seq >= next) run.lastAt = Math.min(run.lastAt, sentAt);
      }
    }
    this.#order();
  }

  #order(): void {
    this.#waiting = this.#waiting.filter(({ left }) => left > 0).toSorted((a, b) => b.lastAt - a.lastAt);
  }
}
