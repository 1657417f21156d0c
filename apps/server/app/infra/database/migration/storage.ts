import { QueryTypes, type Transaction } from "sequelize";
import type { UmzugStorage } from "umzug";
import type { Database } from "../open.ts";
import { createSchemaEditor } from "../schema/index.ts";

/** Where a database remembers which migrations it has seen. */
export const MIGRATION_TABLE = "migration";

/** Reads and writes the names of the migrations that ran. */
export class MigrationStorage implements UmzugStorage {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async prepare(): Promise<void> {
    const { dialect, sequelize } = this.#database;
    await createSchemaEditor(dialect, sequelize).createTable(MIGRATION_TABLE, {
      columns: { name: { type: "VARCHAR(128)" }, applied_at: { type: "DATETIME(3)" } },
      primaryKey: ["name"],
    });
  }

  /** Names in the order of their time stamps; none when no migration has ever run. */
  async executed(): Promise<string[]> {
    const { sequelize } = this.#database;
    if (!(await sequelize.getQueryInterface().tableExists(MIGRATION_TABLE))) return [];
    const rows = await sequelize.query<{ name: string }>(`SELECT name FROM ${MIGRATION_TABLE} ORDER BY name`, {
      type: QueryTypes.SELECT,
    });
    return rows.map((row) => row.name);
  }

  /** Remembers a migration, in the migration's own transaction where there is one. */
  async record(name: string, transaction: Transaction | undefined): Promise<void> {
    const { sequelize, clock } = this.#database;
    await sequelize.query(`INSERT INTO ${MIGRATION_TABLE} (name, applied_at) VALUES (:name, :at)`, {
      replacements: { name, at: clock.toColumn(Date.now()) },
      ...(transaction ? { transaction } : {}),
    });
  }

  /** Umzug calls this after a migration, which has recorded itself already. */
  logMigration(): Promise<void> {
    return Promise.resolve();
  }

  unlogMigration(): Promise<void> {
    return Promise.reject(new Error("migrations run forwards only"));
  }
}
