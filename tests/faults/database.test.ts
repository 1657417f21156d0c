import { expect, it } from "vitest";
import { startMariaDb } from "../support/maria-db.ts";
import { chooseSeed } from "../support/random.ts";
import { type Server, startServer } from "../support/server.ts";
import { check } from "./checker.ts";
import { Run } from "./run.ts";

/** Times that the database is killed in one run. */
const ROUNDS = 3;

/** Messages acknowledged in a round before the kill. */
const ACKNOWLEDGEMENTS = [50, 300] as const;

/** Violations printed when there are any; one fault often shows as hundreds. */
const SHOWN = 20;

it("kill -9 of the database under load loses, repeats and reorders nothing, and the server goes on with it", async () => {
  const seed = chooseSeed();
  console.log(`SEED=${seed}`);
  // One of its own: the project's serves other tests.
  const database = await startMariaDb();
  let server: Server | undefined;
  try {
    server = await startServer({ env: { DATABASE_URL: await database.createDatabase() } });
    const run = await Run.prepare(server, seed);
    for (let round = 1; round <= ROUNDS; round += 1) {
      await run.loadUntil(server, ACKNOWLEDGEMENTS, async () => {
        await database.kill();
        expect((await fetch(`${server?.url}/readyz`)).status, "readiness without a database").toBe(503);
        expect((await fetch(`${server?.url}/healthz`)).status, "liveness without a database").toBe(200);
        await database.restart();
      });
      expect(server.exit).toBeUndefined();
    }
    await run.settle(server);
    const history = await run.read(server);
    const violations = check(history);
    expect(violations.slice(0, SHOWN), `${violations.length} violations, SEED=${seed}`).toEqual([]);
    expect(run.refused, "the database's absence was noticed").toBeGreaterThan(0);
    console.log(`${run.acknowledged} acknowledged, ${run.refused} put off by ${ROUNDS} kills`);
    await server.stop();
  } finally {
    if (server?.exit === undefined) await server?.kill();
    await database.stop();
  }
});
