import type { Readable } from "node:stream";

/** A part of a file, both ends included, in bytes from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where bytes are kept, by name: a path of letters, digits, `/`, `-`, `_` and `.`. */
export interface FileStore {
  /** Writes the whole file, in place of one that has the name. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** The same with a file of this machine, whatever its size; that one stays. */
  putFile(name: string, path: string): Promise<void>;
  /** Undefined when there is no such file. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** The same as a stream, or a part of it, which must lie within the file. */
  open(name: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Does nothing when there is no such file. */
  remove(name: string): Promise<void>;
}
