import { QueryTypes, type Sequelize, type Transaction } from "sequelize";

/** Runs SQL on one database, inside one transaction where there is one. */
export interface SqlRunner {
  run(sql: string): Promise<void>;
  /** Every row of a SELECT, SHOW or PRAGMA, values as the database gave them. */
  rows<Row extends object>(sql: string, replacements?: Record<string, unknown>): Promise<Row[]>;
}

export function createSqlRunner(sequelize: Sequelize, transaction?: Transaction): SqlRunner {
  const options = transaction ? { transaction } : {};
  return {
    async run(sql) {
      await sequelize.query(sql, { ...options, raw: true });
    },
    async rows<Row extends object>(sql: string, replacements: Record<string, unknown> = {}): Promise<Row[]> {
      return sequelize.query<Row>(sql, { ...options, replacements, type: QueryTypes.SELECT });
    },
  };
}
