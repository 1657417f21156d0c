import { describe, expect, inject, it } from "vitest";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { createDatabase } from "../support/maria-db.ts";
import { chooseSeed } from "../support/random.ts";
import { type Server, startServer } from "../support/server.ts";
import { check } from "./checker.ts";
import { Run } from "./run.ts";

/** Times that the server is killed in one run. */
const ROUNDS = 8;

/** Messages acknowledged in a round before the kill: from a server that has hardly begun to one at full speed. */
const ACKNOWLEDGEMENTS = [20, 400] as const;

/** Violations printed when there are any; one fault often shows as hundreds. */
const SHOWN = 20;

const databases = {
  SQLite: () => Promise.resolve({}),
  async MariaDB() {
    const urls = inject("backing");
    if (urls === null) throw new Error("this suite needs the project's services");
    return { DATABASE_URL: await createDatabase(urls.mysqlUrl), REDIS_URL: urls.redisUrl };
  },
} satisfies Record<string, () => Promise<Record<string, string>>>;

describe.each(Object.entries(databases))("kill -9 of the server under load on %s", (_name, environment) => {
  it("loses, repeats and reorders nothing that was acknowledged", async () => {
    const seed = chooseSeed();
    console.log(`SEED=${seed}`);
    const env = await environment();
    const dataDir = makeTemporaryFolder("faults");
    let server: Server | undefined;
    try {
      server = await startServer({ env, dataDir });
      const run = await Run.prepare(server, seed);
      for (let round = 1; round <= ROUNDS; round += 1) {
        const running: Server = server;
        await run.loadUntil(running, ACKNOWLEDGEMENTS, () => running.kill());
        server = await startServer({ env, dataDir });
      }
      await run.settle(server);
      const history = await run.read(server);

      const violations = check(history);
      expect(violations.slice(0, SHOWN), `${violations.length} violations, SEED=${seed}`).toEqual([]);
      // A run that caught nothing on the way proves nothing.
      expect(run.unanswered).toBeGreaterThan(0);
      expect(run.acknowledged).toBeGreaterThan(ROUNDS * ACKNOWLEDGEMENTS[0]);
      console.log(`${run.acknowledged} acknowledged, ${run.unanswered} caught on the way by ${ROUNDS} kills`);
      await server.stop();
    } finally {
      if (server?.exit === undefined) await server?.kill();
      await removeTemporaryFolder(dataDir);
    }
  });
});
