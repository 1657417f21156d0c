import type { Transaction } from "sequelize";
import { MigrationError, Umzug } from "umzug";
import type { Database } from "../open.ts";
import { createSchemaEditor } from "../schema/index.ts";
import { createSqlRunner } from "../schema/sql-runner.ts";
import { MIGRATIONS_FOLDER } from "../../../../config/folders.ts";
import { listMigrations, type MigrationFile } from "./files.ts";
import { LEASE_TIMES, type LeaseTimes, MigrationLease } from "./lease.ts";
import { MigrationStorage } from "./storage.ts";

export interface MigrateOptions {
  /** Folder of migration files; absent: the server's own. */
  readonly folder?: string | undefined;
  readonly times?: LeaseTimes | undefined;
  /** Hears the name of each migration before it starts. */
  readonly onStep?: ((name: string) => void) | undefined;
}

/** A migration did not run to its end. The message says which, why, and in what state the schema is. */
export class MigrationFailure extends Error {
  override name = "MigrationFailure";
}

const STATE_AFTER_FAILURE = {
  mysql: "its changes up to there stay (MySQL commits each one); it runs again from its start once the cause is gone",
  sqlite: "nothing of it was kept; it runs again once the cause is gone",
} as const;

async function runStep(database: Database, file: MigrationFile, transaction: Transaction | undefined): Promise<void> {
  const { dialect, sequelize } = database;
  const up = await file.load();
  const runner = createSqlRunner(sequelize, transaction);
  await up({
    dialect,
    schema: createSchemaEditor(dialect, sequelize, transaction),
    sql: (statement) => runner.run(statement),
  });
}

async function runFile(
  database: Database,
  file: MigrationFile,
  storage: MigrationStorage,
  lease: MigrationLease,
): Promise<void> {
  await lease.renew();
  if (database.dialect === "sqlite") {
    await database.sequelize.transaction(async (transaction) => {
      await runStep(database, file, transaction);
      await storage.record(file.name, transaction);
      // The lease's own renewals waited for this transaction.
      await lease.renew(transaction);
    });
  } else {
    await runStep(database, file, undefined);
    await lease.renew();
    await storage.record(file.name, undefined);
  }
}

/**
 * Brings the schema up to date: runs, in the order of their names, the migrations that this database has not seen.
 * Nodes that start together take turns by a lease in the database, so that each migration runs once; with nothing to
 * do, nothing is locked or written.
 *
 * @returns the names of the migrations that ran
 * @throws {MigrationFailure} when a migration fails; the earlier ones of this call stay
 * @throws {LeaseError} when another node has been migrating for longer than `times.waitMs`
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<string[]> {
  const files = await listMigrations(options.folder ?? MIGRATIONS_FOLDER);
  const storage = new MigrationStorage(database);
  const seen = new Set(await storage.executed());
  if (files.every((file) => seen.has(file.name))) return [];

  const lease = await MigrationLease.acquire(database, options.times ?? LEASE_TIMES);
  try {
    await storage.prepare();
    const umzug = new Umzug({
      migrations: files.map((file) => ({ name: file.name, up: () => runFile(database, file, storage, lease) })),
      storage,
      logger: undefined,
    });
    umzug.on("migrating", ({ name }) => options.onStep?.(name));
    return (await umzug.up()).map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const cause = error.cause instanceof Error ? error.cause : error;
    throw new MigrationFailure(
      `migration ${error.migration.name} failed: ${cause.message}; ${STATE_AFTER_FAILURE[database.dialect]}`,
      { cause },
    );
  } finally {
    await lease.release();
  }
}
