import type { ConversationId, EpochMs, Seq } from "@im-webapp/protocol";
import type { MessagePlace } from "../timeline/model.ts";
import { type Place, byPlace } from "./place.ts";
import type { CandidateRun } from "./ports.ts";

/** A run as far as it has not been taken. */
interface Waiting {
  readonly conversationId: ConversationId;
  readonly seqs: readonly Seq[];
  /** For each of `seqs`: neither it nor one before it was sent later. */
  readonly upTo: readonly EpochMs[];
  /** How many of `seqs`, from the first, still wait. */
  left: number;
}

/** Candidates in the order in which they are worth looking at: the newest first, and each once. */
export class CandidateQueue {
  readonly #taken = new Set<string>();
  /** A heap: each one's next is not before those of the two below it. */
  readonly #heap: Waiting[] = [];

  add(runs: readonly CandidateRun[]): void {
    for (const { conversationId, seqs, times } of runs) {
      let last = times ? -Infinity : Infinity;
      const upTo = seqs.map((_, index) => (last = Math.max(last, times?.[index] ?? Infinity)));
      this.#heap.push({ conversationId, seqs, upTo, left: seqs.length });
      this.#rise(this.#heap.length - 1);
    }
  }

  /** Nothing that waits comes before it, and with an unknown time it may be anywhere. Undefined when nothing waits. */
  get next(): Place | undefined {
    const [first] = this.#heap;
    return first && placeOf(first);
  }

  take(count: number): MessagePlace[] {
    const places: MessagePlace[] = [];
    while (places.length < count) {
      const [run] = this.#heap;
      if (!run) break;
      run.left -= 1;
      const place = { conversationId: run.conversationId, seq: run.seqs[run.left] ?? 0 };
      const key = `${place.conversationId} ${place.seq}`;
      if (!this.#taken.has(key)) places.push(place);
      this.#taken.add(key);
      if (run.left === 0) {
        const last = this.#heap.pop();
        if (last && last !== run) this.#heap[0] = last;
      }
      this.#sink();
    }
    return places;
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      let first = at;
      for (const below of [2 * at + 1, 2 * at + 2]) if (this.#isBefore(below, first)) first = below;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    return one !== undefined && other !== undefined && byPlace(placeOf(one), placeOf(other)) > 0;
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one && other) [this.#heap[a], this.#heap[b]] = [other, one];
  }
}

const placeOf = ({ conversationId, seqs, upTo, left }: Waiting): Place => [
  upTo[left - 1] ?? -Infinity,
  conversationId,
  seqs[left - 1] ?? 0,
];
