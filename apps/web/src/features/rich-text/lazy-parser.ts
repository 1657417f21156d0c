/** Results that are kept: a few screens of texts, so that scrolling back and forth parses nothing twice. */
const MOST_KEPT = 500;

type Parse<Result> = (...texts: readonly string[]) => Result;

/** A parser that is loaded when the first text needs it, with what it made of the last texts. */
export class LazyParser<Result> {
  readonly #import: () => Promise<Parse<Result>>;
  readonly #kept = new Map<string, Result | null>();
  readonly #listeners = new Set<() => void>();
  #parse: Parse<Result> | null = null;
  #isLoading = false;

  constructor(load: () => Promise<Parse<Result>>) {
    this.#import = load;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#load();
    return () => this.#listeners.delete(listener);
  };

  readonly isLoaded = (): boolean => this.#parse !== null;

  /**
   * What the parser makes of the texts; null until it is there, and where it cannot bear them: thousands of brackets within
   * each other take more stack than there is. An edited message is another text.
   */
  result(...texts: readonly string[]): Result | null {
    if (this.#parse === null) return null;
    const key = texts.join("\n");
    const kept = this.#kept.get(key);
    const result = kept === undefined ? tried(this.#parse, texts) : kept;
    this.#kept.delete(key);
    this.#kept.set(key, result);
    if (this.#kept.size > MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return result;
  }

  #load(): void {
    if (this.#isLoading || this.#parse !== null) return;
    this.#isLoading = true;
    this.#import().then(
      (parse) => {
        this.#parse = parse;
        for (const listener of this.#listeners) listener();
      },
      () => {
        // Without it texts are shown as they were typed; the next one tries again.
        this.#isLoading = false;
      },
    );
  }
}

function tried<Result>(parse: Parse<Result>, texts: readonly string[]): Result | null {
  try {
    return parse(...texts);
  } catch {
    return null;
  }
}

/** For a text that needs no parser: loads none. */
export const NO_PARSER = (): (() => void) => () => undefined;
