import type { CallName, Entry, ErrorCode, Message } from "@im-webapp/protocol";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Connection } from "../support/connection.ts";
import { Person } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import { type RawDatabase, openRaw } from "../support/raw-database.ts";
import type { Server, ServerOptions } from "../support/server.ts";
import { type Running, requireRunning, sharedServer } from "./shared-servers.ts";

/** A server that others may have used, and the sockets that tests open to it, which close after each test. */
export interface SharedServer {
  readonly url: string;
  /** Somebody new, with a session. */
  person(name: string): Promise<Person>;
  people<const N extends readonly string[]>(...names: N): Promise<{ -readonly [I in keyof N]: Person }>;
  connect(person: Person): Promise<Connection>;
  connectAll<const P extends readonly Person[]>(...people: P): Promise<{ -readonly [I in keyof P]: Connection }>;
  /** Lets `use` work past the server. */
  raw<R>(use: (database: RawDatabase) => Promise<R>): Promise<R>;
}

/** One server for all tests of a file. */
export interface OneServer extends SharedServer {
  readonly backing: Backing;
  /** The same on the same database, after an orderly stop. `meanwhile` has the database to itself. */
  restart(meanwhile?: (database: RawDatabase) => Promise<void>): Promise<void>;
}

/**
 * The server with this environment that several files share, one after the other: for tests that only deal with people,
 * chats and groups that they have made themselves. A start takes longer than most tests.
 */
export function useSharedServer(env: Readonly<Record<string, string>> = {}): SharedServer {
  let running: Running;
  beforeAll(async () => {
    running = await sharedServer(env);
  });
  afterAll(() => {
    requireRunning(running);
  });
  const { tools } = dealWith(
    () => running.server.url,
    () => running.backing,
  );
  return {
    ...tools,
    get url() {
      return running.server.url;
    },
  };
}

/** Starts the server before the tests of the calling file and stops it after them. */
export function useServer(options: ServerOptions = {}): OneServer {
  let backing: Backing;
  let server: Server;
  const { tools, closeAll } = dealWith(
    () => server.url,
    () => backing,
  );

  beforeAll(async () => {
    backing = await openBacking();
    server = await backing.start(options);
  });
  afterAll(async () => {
    await server.stop();
    await backing.release();
  });

  return {
    ...tools,
    get url() {
      return server.url;
    },
    get backing() {
      return backing;
    },
    async restart(meanwhile) {
      closeAll();
      await server.stop();
      if (meanwhile) await tools.raw(meanwhile);
      server = await backing.start(options);
    },
  };
}

type Tools = Omit<SharedServer, "url">;

/** What tests do with a server, which starts only after this was called. */
function dealWith(urlOf: () => string, backingOf: () => Backing): { tools: Tools; closeAll: () => void } {
  const open: Connection[] = [];
  const closeAll = () => {
    for (const connection of open.splice(0)) connection.close();
  };
  afterEach(closeAll);

  const raw: SharedServer["raw"] = async (use) => {
    const { env } = backingOf();
    const database = await openRaw(env["DATABASE_URL"], env["DATA_DIR"] ?? "");
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  };
  const person = (name: string) => Person.register(urlOf(), name);
  const connect = async (someone: Person) => {
    const connection = await Connection.open(urlOf(), someone.token);
    open.push(connection);
    return connection;
  };
  const tools: Tools = {
    person,
    people: <const N extends readonly string[]>(...names: N) =>
      Promise.all(names.map(person)) as unknown as Promise<{ -readonly [I in keyof N]: Person }>,
    connect,
    connectAll: <const P extends readonly Person[]>(...people: P) =>
      Promise.all(people.map(connect)) as unknown as Promise<{ -readonly [I in keyof P]: Connection }>,
    raw,
  };
  return { tools, closeAll };
}

/** The code with which a socket call is refused, or "ok". The payload may be anything. */
export async function codeOf(connection: Connection, event: CallName, payload: unknown): Promise<ErrorCode | "ok"> {
  const ack = (await connection.raw(event, payload)) as { ok: boolean; error?: { code: ErrorCode } };
  return ack.ok ? "ok" : (ack.error?.code ?? "INTERNAL");
}

/** Status and code of a REST call, such as "404 NOT_FOUND"; the status alone when it succeeds. */
export async function restCodeOf(
  url: string,
  method: string,
  path: string,
  options: { token?: string; body?: unknown } = {},
): Promise<string> {
  const { status, body } = await rest(url, method, path, options);
  return [String(status), wireErrorOf(body)?.code ?? []].flat().join(" ");
}

export function textOf({ content }: Message): string {
  return content.kind === "text" ? content.text : content.kind === "system" ? `<${content.event}>` : content.kind;
}

/** The texts of the messages among the entries, in the order of their `seq`; system messages as `<event>`. */
export function textsOf(entries: readonly Entry[]): string[] {
  return entries
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((entry) => (entry.type === "message" ? [textOf(entry.message)] : []));
}
