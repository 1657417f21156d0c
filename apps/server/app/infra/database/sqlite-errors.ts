import { BaseError, DatabaseError, type Sequelize, UniqueConstraintError } from "sequelize";

interface QueryRunner {
  formatError(error: Error, stack?: string): BaseError;
}

/** What Sequelize keeps of a dialect and does not declare: the class that runs each statement. */
interface DialectInternals {
  readonly dialect: { Query: new (...parameters: unknown[]) => QueryRunner };
}

/** What SQLite says when a primary key or a unique index refuses a row. */
const UNIQUE_VIOLATION = "UNIQUE constraint failed";

/**
 * Sequelize takes every refusal of SQLite's for a UniqueConstraintError, a broken CHECK and a missing value included.
 * After this, those are a DatabaseError, as they are with MySQL.
 */
export function tellConstraintsApart(sequelize: Sequelize): void {
  const { dialect } = sequelize as unknown as DialectInternals;
  dialect.Query = class extends dialect.Query {
    override formatError(error: Error, stack?: string): BaseError {
      const formatted = super.formatError(error, stack);
      if (!(formatted instanceof UniqueConstraintError) || error.message.includes(UNIQUE_VIOLATION)) return formatted;
      return new DatabaseError(error, stack === undefined ? {} : { stack });
    }
  };
}
