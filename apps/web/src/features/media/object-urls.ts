/** Addresses that nothing on the screen uses and that are kept, so that scrolling back shows at once what was just there. */
const KEPT_UNUSED = 60;

/** How far a file is on its way to an address in this page. */
export type HeldFile =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly url: string }
  | { readonly status: "failed"; readonly error: unknown };

interface Entry {
  readonly load: () => Promise<Blob>;
  held: HeldFile;
  users: number;
}

const LOADING: HeldFile = { status: "loading" };

/** How addresses of blobs are made and ended; the browser's own but in tests. */
interface Addresses {
  createObjectURL(blob: Blob): string;
  revokeObjectURL(url: string): void;
}

/**
 * Addresses of files that were read, each for as long as something shows it and a little longer: each file is read once,
 * however many show it, and the oldest unused one is revoked beyond `KEPT_UNUSED`.
 */
export class ObjectUrls {
  readonly #addresses: Addresses;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  constructor(addresses: Addresses = URL) {
    this.#addresses = addresses;
  }

  /** Reads a file by `load` unless it is here, and keeps it until the returned function is called. */
  hold(key: string, load: () => Promise<Blob>): () => void {
    const entry = this.#entries.get(key) ?? { load, held: LOADING, users: 0 };
    const isNew = !this.#entries.delete(key);
    // Those used last come last.
    this.#entries.set(key, entry);
    entry.users += 1;
    if (isNew || entry.held.status === "failed") this.#read(key, entry);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      entry.users -= 1;
      this.#trim();
    };
  }

  get(key: string): HeldFile {
    return this.#entries.get(key)?.held ?? LOADING;
  }

  /** Reads once more what could not be read. */
  retry(key: string): void {
    const entry = this.#entries.get(key);
    if (entry?.held.status === "failed") this.#read(key, entry);
  }

  /** An arrow, so that it can be handed to React as it is. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #read(key: string, entry: Entry): void {
    this.#set(entry, LOADING);
    entry.load().then(
      (blob) => {
        // Trimmed while it was read.
        if (this.#entries.get(key) !== entry) return;
        this.#set(entry, { status: "ready", url: this.#addresses.createObjectURL(blob) });
      },
      (error: unknown) => this.#set(entry, { status: "failed", error }),
    );
  }

  #set(entry: Entry, held: HeldFile): void {
    if (entry.held === held) return;
    entry.held = held;
    for (const listener of this.#listeners) listener();
  }

  #trim(): void {
    const unused = [...this.#entries].filter(([, { users }]) => users === 0);
    for (const [key, { held }] of unused.slice(0, Math.max(0, unused.length - KEPT_UNUSED))) {
      this.#entries.delete(key);
      if (held.status === "ready") this.#addresses.revokeObjectURL(held.url);
    }
  }
}
