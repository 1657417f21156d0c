import { percentile } from "../measure/statistics.ts";

/** Messages that may be under way at a time: numbers are kept in a ring of this size. A power of two. */
const RING = 1 << 20;

/** Times from sending to receiving, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What a run brought. */
export interface Load {
  /** Messages that were complete while it was measured: everybody who should get them had got them. */
  readonly messages: number;
  /** Arrivals while it was measured. */
  readonly deliveries: number;
  /** How long it was measured, in seconds. */
  readonly seconds: number;
  readonly latencies: Latencies;
  /** All messages, those of the warming up and of the end included: what processor time is divided by. */
  readonly allMessages: number;
}

/** Follows each message from its sending until everybody has got it. */
export class Tally {
  readonly #sentAt = new Float64Array(RING);
  readonly #awaited = new Uint16Array(RING);
  readonly #sender = new Uint16Array(RING);
  readonly #complete: (sender: number) => void;
  #times = new Float32Array(1 << 16);
  #timesCount = 0;
  readonly #first: number;
  #last: number;
  #completed = 0;
  #measured: { from: number; messages: number; deliveries: number } | undefined;
  #result: { seconds: number; messages: number; deliveries: number } | undefined;

  /**
   * @param first the number of the first message; one that was used before would be a repeated message
   * @param complete hears that a message of that sender has reached everybody
   */
  constructor(first: number, complete: (sender: number) => void) {
    this.#first = first;
    this.#last = first - 1;
    this.#complete = complete;
  }

  /** Messages that are under way. */
  get underWay(): number {
    return this.last - this.#first + 1 - this.#completed;
  }

  /** The number of the last message. */
  get last(): number {
    return this.#last;
  }

  /** Takes a message that so many arrivals and acknowledgements make complete; gives its number. */
  begin(sender: number, awaited: number): number {
    const number = (this.#last += 1);
    const place = number % RING;
    if (this.#awaited[place] !== 0) throw new Error("too many messages are under way");
    this.#awaited[place] = awaited;
    this.#sender[place] = sender;
    this.#sentAt[place] = performance.now();
    return number;
  }

  received(number: number): void {
    if (this.#measured) {
      this.#measured.deliveries += 1;
      this.#note(performance.now() - (this.#sentAt[number % RING] ?? 0));
    }
    this.settle(number);
  }

  /** One of the things that a message waits for has happened. */
  settle(number: number): void {
    const place = number % RING;
    const left = (this.#awaited[place] ?? 0) - 1;
    if (left < 0) throw new Error(`message ${number} has arrived more often than it should`);
    this.#awaited[place] = left;
    if (left > 0) return;
    this.#completed += 1;
    if (this.#measured) this.#measured.messages += 1;
    this.#complete(this.#sender[place] ?? 0);
  }

  startMeasuring(): void {
    this.#measured = { from: performance.now(), messages: 0, deliveries: 0 };
  }

  stopMeasuring(): void {
    if (!this.#measured) throw new Error("nothing is measured");
    const { from, messages, deliveries } = this.#measured;
    this.#measured = undefined;
    this.#result = { seconds: (performance.now() - from) / 1000, messages, deliveries };
  }

  load(): Load {
    if (!this.#result) throw new Error("nothing has been measured");
    const latencies = latenciesOf(this.#times.subarray(0, this.#timesCount));
    return { ...this.#result, latencies, allMessages: this.#completed };
  }

  #note(milliseconds: number): void {
    if (this.#timesCount === this.#times.length) {
      const more = new Float32Array(this.#times.length * 2);
      more.set(this.#times);
      this.#times = more;
    }
    this.#times[this.#timesCount] = milliseconds;
    this.#timesCount += 1;
  }
}

export function latenciesOf(times: Float32Array): Latencies {
  const sorted = times.toSorted();
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99), max: percentile(sorted, 100) };
}
