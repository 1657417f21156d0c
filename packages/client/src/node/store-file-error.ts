/**
 * Why the file of a store cannot be used.
 *
 * `inUse`: another program has it open. `notAStore`: it is no database, or another program's. `newer`: a later version
 * of this library wrote it. `noDriver`: the package `node-sqlite3-wasm` is not installed. `failed`: anything else, most
 * often the file system; see `cause`.
 */
export type StoreFileReason = "inUse" | "notAStore" | "newer" | "noDriver" | "failed";

/** Thrown by `openNodeStore`. The file is as it was before. */
export class StoreFileError extends Error {
  /** Which of the reasons it is. */
  readonly reason: StoreFileReason;

  /** @internal `openNodeStore` makes it. */
  constructor(reason: StoreFileReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreFileError";
    this.reason = reason;
  }
}
