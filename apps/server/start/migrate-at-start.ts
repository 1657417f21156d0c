import { migrate } from "../app/infra/database/migration/migrate.ts";
import { openDatabase } from "../app/infra/database/open.ts";
import type { Settings } from "../config/environment.ts";

/** Brings the schema up to date; nodes that start together do it one after the other. Gives what was applied. */
export async function migrateAtStart(settings: Settings): Promise<string[]> {
  const database = await openDatabase({ url: settings.databaseUrl, timezone: settings.timezone });
  try {
    return await migrate(database);
  } finally {
    await database.close();
  }
}
