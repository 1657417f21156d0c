/** Tells of a value that changes often: the first at once, then the latest at most once in `everyMs` milliseconds. */
export class Latest<T> {
  readonly #everyMs: number;
  readonly #tell: (value: T) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: { readonly value: T } | undefined;

  constructor(everyMs: number, tell: (value: T) => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  set(value: T): void {
    this.#next = { value };
    if (this.#timer === undefined) this.#pass();
  }

  /** Tells nothing more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next = undefined;
  }

  #pass(): void {
    this.#timer = undefined;
    if (!this.#next) return;
    const { value } = this.#next;
    this.#next = undefined;
    this.#timer = setTimeout(() => this.#pass(), this.#everyMs);
    this.#tell(value);
  }
}
