import { type ScratchHost, withScratchDatabase } from "../drift/scratch.ts";
import { migrate } from "../migration/migrate.ts";
import type { Database } from "../open.ts";

/** Lends a database with all tables and no rows. */
export function withMigratedDatabase(host: ScratchHost, use: (database: Database) => Promise<void>): Promise<void> {
  return withScratchDatabase(host, async (database) => {
    await migrate(database);
    await use(database);
  });
}
