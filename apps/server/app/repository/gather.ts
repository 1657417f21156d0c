/** Keys of one query; more would make it slow to parse. */
const KEYS_PER_QUERY = 500;

interface Waiting<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins look-ups into few queries: what is asked for while one is under way waits for the next, which takes it all. No
 * timer, so a lone call is served at once; and no call is answered by a query that began before it, so what it sees is
 * no older than itself.
 */
export class Gather<K, V> {
  readonly #query: (keys: readonly K[]) => Promise<(key: K) => V>;
  #waiting: Waiting<K, V>[] = [];
  #isRunning = false;

  /** @param query answers for all the keys at once, or refuses all of them */
  constructor(query: (keys: readonly K[]) => Promise<(key: K) => V>) {
    this.#query = query;
  }

  load(key: K): Promise<V> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // One turn of the event loop lets all calls that arrived in the same read of the sockets share the first query.
      setImmediate(() => this.#next());
    });
  }

  #next(): void {
    const taken = this.#waiting.slice(0, KEYS_PER_QUERY);
    this.#waiting = this.#waiting.slice(KEYS_PER_QUERY);
    this.#isRunning = taken.length > 0;
    if (!this.#isRunning) return;
    this.#query(taken.map(({ key }) => key))
      .then((answer) => {
        for (const { key, resolve } of taken) resolve(answer(key));
      })
      .catch((error: unknown) => {
        for (const { reject } of taken) reject(error);
      })
      .finally(() => this.#next());
  }
}
