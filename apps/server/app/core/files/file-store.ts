/**
 * Keeps whole files by name. A name is made by the caller, never by a client: lower-case letters, digits, `-`, `.`, and
 * `/` between folders.
 */
export interface FileStore {
  /** Durable once it resolves; takes the place of what has the name. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** undefined when there is no such file. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Does nothing when there is no such file. */
  remove(name: string): Promise<void>;
}
