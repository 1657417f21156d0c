import type { Dialect } from "../dialect.ts";
import type { SchemaEditor } from "../schema/editor.ts";

/** What a migration works with. */
export interface MigrationContext {
  readonly dialect: Dialect;
  readonly schema: SchemaEditor;
  /** Runs SQL for what `schema` has no call for, such as moving values from one column to another. */
  sql(statement: string): Promise<void>;
}

/**
 * One step of the schema, forwards only; a file `YYYYMMDDHHMMSS-name.ts` in the migrations folder exports it as `up`.
 *
 * SQLite runs it in one transaction. MySQL commits at every change of the schema, so a step that stopped half-way runs
 * again from its start: write statements that can.
 */
export type Migration = (context: MigrationContext) => Promise<void>;
