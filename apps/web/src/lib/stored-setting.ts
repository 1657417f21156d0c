import { readSetting, writeSetting } from "./settings-storage.ts";

/** A setting of this browser that is more than a word, for `useSyncExternalStore`: the same text is the same object. */
export class StoredSetting<Value> {
  readonly #key: string;
  readonly #parse: (text: string | null) => Value;
  readonly #listeners = new Set<() => void>();
  #held: { readonly text: string | null; readonly value: Value } | undefined;

  /** @param parse what a stored text means; null: there is none. What it cannot read it is to take for none. */
  constructor(key: string, parse: (text: string | null) => Value) {
    this.#key = key;
    this.#parse = parse;
  }

  get isStored(): boolean {
    return readSetting(this.#key) !== null;
  }

  /** As it is now, also where another page has changed it. */
  readonly get = (): Value => {
    const text = readSetting(this.#key);
    if (this.#held?.text !== text) this.#held = { text, value: this.#parse(text) };
    return this.#held.value;
  };

  set(value: Value): void {
    writeSetting(this.#key, JSON.stringify(value));
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    window.addEventListener("storage", listener);
    return () => {
      this.#listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  };
}
