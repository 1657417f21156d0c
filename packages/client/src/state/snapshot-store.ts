/**
 * One immutable snapshot of a state that is computed when somebody looks. Changes within one turn of the event loop are
 * told once, after it, and only if the snapshot is another one then.
 */
export class SnapshotStore<S> {
  readonly #project: () => S;
  readonly #onFault: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #snapshot: S;
  /** The snapshot that listeners know. */
  #told: S;
  #stale = false;
  #scheduled = false;

  /** `project` gives the same object as before while nothing has changed. `onFault` hears what listeners throw. */
  constructor(project: () => S, onFault: (error: unknown) => void) {
    this.#project = project;
    this.#onFault = onFault;
    this.#snapshot = project();
    this.#told = this.#snapshot;
  }

  /** The state as of now. */
  get(): S {
    if (this.#stale) {
      this.#stale = false;
      this.#snapshot = this.#project();
    }
    return this.#snapshot;
  }

  /** What the state is computed from has changed. */
  invalidate(): void {
    this.#stale = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#notify();
    });
  }

  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    // A wrapper of its own, so that one function subscribed twice is called twice.
    const call = (): void => listener();
    this.#listeners.add(call);
    return () => {
      this.#listeners.delete(call);
    };
  }

  /** Calls `listener` with what `selector` gives, each time that it differs, by `equal`, from the time before. */
  select<T>(
    selector: (state: S) => T,
    listener: (value: T) => void,
    equal: (a: T, b: T) => boolean = Object.is,
  ): () => void {
    let value = selector(this.get());
    return this.subscribe(() => {
      const next = selector(this.get());
      if (equal(value, next)) return;
      value = next;
      listener(next);
    });
  }

  #notify(): void {
    const snapshot = this.get();
    if (snapshot === this.#told) return;
    this.#told = snapshot;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}
