/** Where a generator connects. */
export interface Endpoint {
  /** `socket.io`: WebSocket and the events of packages/protocol; `xmpp`: RFC 6120 over plain TCP. */
  readonly wire: "socket.io" | "xmpp";
  readonly host: string;
  readonly port: number;
}

/** One who can connect. */
export interface Person {
  /** How others name them as a target: a user id, or a bare JID. */
  readonly address: string;
  /** A token, or a password. */
  readonly secret: string;
}

/** The messages of a catch-up: each of the readers lacks them all. */
export interface Backlog {
  readonly readers: readonly Person[];
  /** Messages that each reader has to get. */
  readonly messages: number;
}

/** A system under measurement, started for one workload and stopped after it. */
export interface Subject {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** The server's process. */
  readonly pid: number;
  /** The database's process; undefined for a subject that stores nothing. */
  readonly databasePid: number | undefined;
  /** Makes that many more people, who have never connected. */
  people(count: number): Promise<Person[]>;
  /** Makes a group of these; gives the name by which a message is sent to it. */
  group(members: readonly Person[]): Promise<string>;
  /** Stores `messages` for each of so many readers; undefined for a subject that stores nothing. */
  backlog(readers: number, messages: number): Promise<Backlog | undefined>;
  stop(): Promise<void>;
}

/** Calls `work` with consecutive parts of at most `size`. */
export async function inParts<T>(
  items: readonly T[],
  size: number,
  work: (part: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) await work(items.slice(start, start + size));
}
