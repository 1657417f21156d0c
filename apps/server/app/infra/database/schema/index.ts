import type { Sequelize, Transaction } from "sequelize";
import type { Dialect } from "../dialect.ts";
import type { SchemaEditor } from "./editor.ts";
import { inspectMysql } from "./inspect-mysql.ts";
import { inspectSqlite } from "./inspect-sqlite.ts";
import { MysqlEditor } from "./mysql-editor.ts";
import type { SchemaShape } from "./shape.ts";
import { createSqlRunner } from "./sql-runner.ts";
import { SqliteEditor } from "./sqlite-editor.ts";

/** An editor for one database; for SQLite it works inside `transaction`. */
export function createSchemaEditor(dialect: Dialect, sequelize: Sequelize, transaction?: Transaction): SchemaEditor {
  const sql = createSqlRunner(sequelize, transaction);
  return dialect === "sqlite" ? new SqliteEditor(sql) : new MysqlEditor(sql);
}

/** Every table of a database, in the database's own words. */
export function inspectSchema(dialect: Dialect, sequelize: Sequelize): Promise<SchemaShape> {
  const sql = createSqlRunner(sequelize);
  return dialect === "sqlite" ? inspectSqlite(sql) : inspectMysql(sql);
}
