import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Sequelize, Transaction } from "sequelize";
import { SqliteConnections } from "./sqlite-connections.ts";
import { adaptSqliteQueries } from "./sqlite-query.ts";
import { type SqlLog, sequelizeDefaults } from "./sequelize-defaults.ts";

/** Opens the file, making it and its folder when they are missing. */
export async function openSqlite(file: string, log: SqlLog | undefined): Promise<Sequelize> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const connections = await SqliteConnections.open(file);
  const sequelize = new Sequelize({
    ...sequelizeDefaults(log),
    dialect: "sqlite",
    storage: file,
    // A transaction that starts as a reader and then writes can fail at once with SQLITE_BUSY; one that starts as a
    // writer waits for its turn.
    transactionType: Transaction.TYPES.IMMEDIATE,
  });
  adaptSqliteQueries(sequelize);
  Object.assign(sequelize.connectionManager, {
    getConnection: connections.getConnection.bind(connections),
    releaseConnection: connections.releaseConnection.bind(connections),
    destroyConnection: connections.destroyConnection.bind(connections),
    close: connections.close.bind(connections),
  });
  return sequelize;
}
