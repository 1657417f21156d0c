import mysql from "mysql2";

/** How long mysql2's callers may wait, in milliseconds. */
export interface Deadlines {
  /** For a connection to come up, its greeting and sign-in included. */
  readonly connectMs: number;
  /** For one statement; absent: as long as it takes. */
  readonly statementMs: number | undefined;
}

type Callback = (error: unknown, ...results: unknown[]) => void;

/**
 * mysql2 for Sequelize, with an end to every wait. A database that hangs, or that is behind a connection of which the
 * other end is gone, sends no error: without a deadline its callers would wait for ever. After one the connection is
 * destroyed, and all that was asked over it fails with `ETIMEDOUT`, as after any other loss; mysql2's own `timeout` of a
 * query would leave the connection in use and the next statements stuck behind the first.
 */
export function mysqlWithDeadlines({ connectMs, statementMs }: Deadlines): object {
  return {
    ...mysql,
    createConnection(config: mysql.ConnectionOptions): mysql.Connection {
      const connection = mysql.createConnection({ ...config, connectTimeout: connectMs });
      if (statementMs !== undefined) limitStatements(connection, statementMs);
      return connection;
    },
  };
}

function limitStatements(connection: mysql.Connection, statementMs: number): void {
  for (const method of ["query", "execute"] as const) {
    const send = Reflect.get(connection, method) as (...args: unknown[]) => unknown;
    Reflect.set(connection, method, (...args: unknown[]) => {
      const done = args.at(-1);
      if (typeof done !== "function") return send.apply(connection, args);
      const timer = setTimeout(() => {
        streamOf(connection).destroy(lost(statementMs));
      }, statementMs);
      const callback: Callback = (error, ...results) => {
        clearTimeout(timer);
        (done as Callback)(error, ...results);
      };
      return send.apply(connection, [...args.slice(0, -1), callback]);
    });
  }
}

/** The socket below a connection: destroying it is what makes mysql2 give up all that waits. */
function streamOf(connection: mysql.Connection): { destroy(error: Error): void } {
  return Reflect.get(connection, "stream") as { destroy(error: Error): void };
}

function lost(afterMs: number): Error {
  return Object.assign(new Error(`no answer of the database within ${afterMs} ms`), { code: "ETIMEDOUT" });
}
