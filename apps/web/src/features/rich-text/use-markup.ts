import { useSyncExternalStore } from "react";
import { type Block, mayHaveMarkup } from "./markup.ts";

type Parse = (text: string) => readonly Block[];

/** Texts whose parts are kept: a few screens of them, so that scrolling back and forth parses nothing twice. */
const MOST_KEPT = 500;

/** A parser that is loaded when the first text needs it, with what it made of the last texts. */
class MarkupParser {
  readonly #kept = new Map<string, readonly Block[]>();
  readonly #listeners = new Set<() => void>();
  #parse: Parse | null = null;
  #isLoading = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#load();
    return () => this.#listeners.delete(listener);
  };

  readonly isLoaded = (): boolean => this.#parse !== null;

  /** The parts of a text; null until the parser is there. An edited message is another text. */
  parts(text: string): readonly Block[] | null {
    if (this.#parse === null) return null;
    const kept = this.#kept.get(text);
    const parts = kept ?? this.#parse(text);
    this.#kept.delete(text);
    this.#kept.set(text, parts);
    if (this.#kept.size > MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return parts;
  }

  #load(): void {
    if (this.#isLoading || this.#parse !== null) return;
    this.#isLoading = true;
    import("./parse-markup.ts").then(
      ({ parseMarkup }) => {
        this.#parse = parseMarkup;
        for (const listener of this.#listeners) listener();
      },
      () => {
        // Without it texts are shown as they were typed; the next one tries again.
        this.#isLoading = false;
      },
    );
  }
}

const markup = new MarkupParser();
const NOTHING = (): (() => void) => () => undefined;

/** The parts of a text with markup; null for a plain one, and until the parser has been loaded. */
export function useMarkup(text: string): readonly Block[] | null {
  const isMarked = mayHaveMarkup(text);
  const isLoaded = useSyncExternalStore(isMarked ? markup.subscribe : NOTHING, markup.isLoaded);
  return isMarked && isLoaded ? markup.parts(text) : null;
}
