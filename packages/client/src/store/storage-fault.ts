/**
 * Why a store could not do what it was asked. `full`: there is no room for more. `newer`: a later version of the
 * library has laid it out anew. `failed`: it was closed, erased or broken under our feet.
 */
export type StorageFaultKind = "full" | "newer" | "failed";

/** A store that a later version of the library has written: reading it could misunderstand it, writing could spoil it. */
export class NewerLayoutError extends Error {
  constructor(name: string) {
    super(`${name} was laid out by a later version of this library`);
    this.name = "NewerLayoutError";
  }
}

/** Faults of what was to be stored, not of the store. */
const NOT_OF_THE_STORE = new Set(["DataCloneError", "DataError", "TypeError", "RangeError", "ReferenceError"]);

/** What kind of fault a store has thrown; null for one that no other store would take either. */
export function storageFault(error: unknown): StorageFaultKind | null {
  const chain = causesOf(error);
  if (chain.some(({ name, message }) => name === "QuotaExceededError" || isFullDisk(name, message))) return "full";
  if (chain.some(({ name }) => name === "NewerLayoutError" || name === "VersionError")) return "newer";
  return chain.some(({ name }) => NOT_OF_THE_STORE.has(name)) ? null : "failed";
}

/** SQLite in Node names neither a code nor a kind. */
function isFullDisk(name: string, message: string): boolean {
  return name === "SQLite3Error" && /disk is full/i.test(message);
}

/** An error and what it was caused by: Dexie wraps the browser's own in `inner`, and those of several rows in `failures`. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && !causes.includes(next);) {
    causes.push(next);
    const { inner, failures } = next as { inner?: unknown; failures?: readonly unknown[] };
    next = inner ?? failures?.[0] ?? next.cause;
  }
  return causes;
}
