import type { Connection } from "mysql2";
import type { Sequelize } from "sequelize";

/**
 * One statement over a connection of Sequelize's pool, past Sequelize's own handling of statements and rows, which costs
 * a page of a timeline a tenth of its time.
 *
 * @throws the driver's error
 */
export async function directQuery(sequelize: Sequelize, statement: string): Promise<unknown> {
  const { connectionManager } = sequelize;
  // The dialect is `mysql`, so it is the driver's.
  const connection = (await connectionManager.getConnection({ type: "write" })) as Connection;
  try {
    return await new Promise((resolve, reject) => {
      connection.query(statement, (error, answer: unknown) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  } finally {
    connectionManager.releaseConnection(connection);
  }
}
