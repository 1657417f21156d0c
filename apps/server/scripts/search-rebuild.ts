import { Indexer } from "../app/core/search/indexer.ts";
import { openDatabase } from "../app/infra/database/open.ts";
import { SqlSegmentStore } from "../app/repository/segment-store.ts";
import { Sql } from "../app/repository/sql.ts";
import { readSettings } from "../config/environment.ts";

/** `npm run search:rebuild`: makes the index of words anew from the messages. Servers may go on running meanwhile. */
const settings = readSettings(process.env);
const database = await openDatabase({ url: settings.databaseUrl, timezone: settings.timezone });
try {
  const indexer = new Indexer({
    store: new SqlSegmentStore(new Sql(database)),
    clock: Date.now,
    onFault: (error) => console.error(error),
  });
  const count = await indexer.rebuild((messages) => console.log(`${messages} messages`));
  if (count === undefined) throw new Error("a server is at work on the index; try again in some seconds");
  console.log(`done: ${count} messages are in the index`);
} finally {
  await database.close();
}
