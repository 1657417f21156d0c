import type { Models } from "../../../model/index.ts";
import { LEASE_TABLE } from "../migration/lease.ts";
import { migrate } from "../migration/migrate.ts";
import { MIGRATION_TABLE } from "../migration/storage.ts";
import { compareSchemas, type Difference } from "../schema/difference.ts";
import { describeModels, type SchemaDefinition } from "../schema/from-models.ts";
import { createSchemaEditor, inspectSchema } from "../schema/index.ts";
import type { SchemaShape } from "../schema/shape.ts";
import { type ScratchHost, withScratchDatabase } from "./scratch.ts";

export interface DriftOptions {
  /** Folder of migration files; absent: the server's own. */
  readonly folder?: string | undefined;
  /** What the schema should be; absent: what the models say. */
  readonly declare?: ((models: Models) => SchemaDefinition) | undefined;
}

/** Tables that migrations keep for themselves and no model reads. */
const BOOKKEEPING: readonly string[] = [MIGRATION_TABLE, LEASE_TABLE];

/** What the migrations of a folder, absent: the server's own, make of an empty database. */
export function migratedSchema(host: ScratchHost, folder?: string): Promise<SchemaShape> {
  return withScratchDatabase(host, async (database) => {
    await migrate(database, { folder });
    const schema = await inspectSchema(database.dialect, database.sequelize);
    return new Map([...schema].filter(([table]) => !BOOKKEEPING.includes(table)));
  });
}

/** What the server makes of a schema that is declared. */
export function declaredSchema(host: ScratchHost, declare: (models: Models) => SchemaDefinition): Promise<SchemaShape> {
  return withScratchDatabase(host, async ({ dialect, sequelize, models }) => {
    const editor = createSchemaEditor(dialect, sequelize);
    for (const [table, definition] of Object.entries(declare(models))) await editor.createTable(table, definition);
    return inspectSchema(dialect, sequelize);
  });
}

/**
 * What migrations and models differ in. Two empty databases are made on the host, one by the migrations and one from
 * the models, and what the server says of both is compared: so each server's own spelling (MariaDB's JSON, the width
 * of an integer, brackets in a check) is the same on either side.
 */
export async function findDrift(host: ScratchHost, options: DriftOptions = {}): Promise<Difference[]> {
  const actual = await migratedSchema(host, options.folder);
  const expected = await declaredSchema(host, options.declare ?? describeModels);
  return compareSchemas(expected, actual);
}
