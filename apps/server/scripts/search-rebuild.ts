import { composeIndex } from "../app/compose-search.ts";
import { openDatabase } from "../app/infra/database/open.ts";
import { Sql } from "../app/repository/sql.ts";
import { readSettings } from "../config/environment.ts";

/** `npm run search:rebuild`: makes the index of words anew from the messages. Servers may go on running meanwhile. */
const settings = readSettings(process.env);
const database = await openDatabase({ url: settings.databaseUrl, timezone: settings.timezone });
const { indexer, close } = composeIndex({
  sql: new Sql(database),
  engine: settings.searchEngine,
  onFault: (error) => console.error(error),
});
try {
  const count = await indexer.rebuild((messages) => console.log(`${messages} messages`));
  if (count === undefined) throw new Error("a server is at work on the index; try again in some seconds");
  console.log(`done: ${count} messages are in the index`);
} finally {
  await close();
  await database.close();
}
