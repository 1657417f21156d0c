import { type BaseError, DatabaseError, type Sequelize, UniqueConstraintError } from "sequelize";

/** An error of the driver with the statement that met it. */
type DriverError = ConstructorParameters<typeof DatabaseError>[0];

interface QueryRunner {
  formatError(error: DriverError, stack?: string): BaseError;
}

type QueryConstructor = new (connection: unknown, sequelize: unknown, options: object) => QueryRunner;

/** What Sequelize keeps of a dialect and does not declare: the class that runs each statement. */
interface DialectInternals {
  readonly dialect: { Query: QueryConstructor };
}

/** What SQLite says when a primary key or a unique index refuses a row. */
const UNIQUE_VIOLATION = "UNIQUE constraint failed";

/**
 * Corrects two habits of Sequelize's SQLite statements.
 *
 * Before each SELECT it asks for the types of the table's columns, to convert times and JSON by its own rules. Models
 * decode their columns themselves, alike for each dialect, so it is told that there is no table to ask about.
 *
 * Each refusal of a row becomes a UniqueConstraintError, a broken CHECK and a missing value included. Those are made a
 * DatabaseError, as they are with MySQL.
 */
export function adaptSqliteQueries(sequelize: Sequelize): void {
  const { dialect } = sequelize as unknown as DialectInternals;
  dialect.Query = class extends dialect.Query {
    constructor(connection: unknown, owner: unknown, options: object) {
      super(connection, owner, { ...options, tableNames: [] });
    }

    override formatError(error: DriverError, stack?: string): BaseError {
      const formatted = super.formatError(error, stack);
      if (!(formatted instanceof UniqueConstraintError) || error.message.includes(UNIQUE_VIOLATION)) return formatted;
      return new DatabaseError(error, stack === undefined ? {} : { stack });
    }
  };
}
