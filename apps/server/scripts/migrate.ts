import { migrate } from "../app/infra/database/migration/migrate.ts";
import { openDatabase } from "../app/infra/database/open.ts";
import { readSettings } from "../config/environment.ts";

/** `npm run migrate`: brings the configured database up to date. The server does the same when it starts. */
const settings = readSettings(process.env);
const database = await openDatabase({ url: settings.databaseUrl, timezone: settings.timezone });
try {
  const applied = await migrate(database, { onStep: (name) => console.log(`running ${name}`) });
  console.log(applied.length === 0 ? "the schema is up to date" : `${applied.length} done`);
} finally {
  await database.close();
}
