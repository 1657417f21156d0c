import type { Options } from "sequelize";

/** Hears every statement, for debugging. */
export type SqlLog = (sql: string) => void;

/** What Sequelize is told alike for each dialect. */
export function sequelizeDefaults(log: SqlLog | undefined) {
  return {
    logging: log ?? false,
    // Sequelize would run a statement five times when SQLite is locked, on top of SQLite's own wait.
    retry: { max: 1 },
    // Times are set by the code that writes, so that there is one clock and one representation.
    define: { timestamps: false, freezeTableName: true, underscored: true },
  } satisfies Options;
}
