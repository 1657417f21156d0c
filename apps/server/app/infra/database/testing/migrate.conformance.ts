import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScratch, type Scratch, type ScratchHost } from "../drift/scratch.ts";
import { LEASE_TIMES, LeaseError, MigrationLease } from "../migration/lease.ts";
import { migrate, MigrationFailure } from "../migration/migrate.ts";
import { type Database, openDatabase } from "../open.ts";
import { inspectSchema } from "../schema/index.ts";

/** Each waits for SQLite's lock in one of the four threads that this process has for files, so one must stay free. */
const NODES = 3;
const STARTS = 100;
/** A hundred starts, or waiting for a lease, on a busy machine, in milliseconds. */
const SLOW_MS = 60_000;

const CREATE = `export const up = async ({ schema, sql }) => {
  await schema.createTable("fruit", { columns: { name: { type: "VARCHAR(64)" } }, primaryKey: ["name"] });
  await sql("INSERT INTO fruit (name) VALUES ('apple')");
};`;
const ADD = `export const up = async ({ schema }) => {
  await schema.addColumn("fruit", "colour", { type: "VARCHAR(16)" }, "'green'");
};`;
const FAIL = `export const up = async ({ schema, sql }) => {
  await schema.createTable("stone", { columns: { name: { type: "VARCHAR(64)" } }, primaryKey: ["name"] });
  await sql("INSERT INTO nowhere (name) VALUES ('x')");
};`;

/** How migrations run on any dialect. */
export function migrateConformance(host: () => ScratchHost): void {
  let scratch: Scratch;
  let folder: string;
  let opened: Database[];

  const open = async (): Promise<Database> => {
    const database = await openDatabase({ url: scratch.url, timezone: "+08:00" });
    opened.push(database);
    return database;
  };
  const write = (name: string, source: string) => writeFile(path.join(folder, `${name}.ts`), source);
  const rows = async ({ sequelize }: Database, sql: string) => (await sequelize.query(sql))[0];

  beforeEach(async () => {
    opened = [];
    scratch = await createScratch(host());
    folder = await mkdtemp(path.join(tmpdir(), "im-migrations-"));
  });

  afterEach(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await scratch.remove();
    await rm(folder, { recursive: true });
  });

  it("run each once, in the order of their names, and are remembered", async () => {
    await write("20260102000000-add-colour", ADD);
    await write("20260101000000-create-fruit", CREATE);
    const database = await open();
    const steps: string[] = [];
    const applied = await migrate(database, { folder, onStep: (name) => steps.push(name) });
    expect(applied).toEqual(["20260101000000-create-fruit", "20260102000000-add-colour"]);
    expect(steps).toEqual(applied);
    expect(await migrate(database, { folder })).toEqual([]);
    expect(await rows(database, "SELECT * FROM fruit")).toEqual([{ name: "apple", colour: "green" }]);
    expect(await rows(database, "SELECT owner FROM migration_lock")).toEqual([{ owner: null }]);
  });

  it("run once when several nodes start together", async () => {
    await write("20260101000000-create-fruit", CREATE);
    await write("20260102000000-add-colour", ADD);
    const nodes = await Promise.all(Array.from({ length: NODES }, open));
    const times = { ...LEASE_TIMES, pollMs: 10 };
    const applied = await Promise.all(nodes.map((node) => migrate(node, { folder, times })));
    expect(applied.flat().toSorted()).toEqual(["20260101000000-create-fruit", "20260102000000-add-colour"]);
    expect(await rows(nodes[0]!, "SELECT name FROM fruit")).toEqual([{ name: "apple" }]);
  });

  it(
    "add no index however often the server starts",
    async () => {
      const database = await open();
      await migrate(database);
      const before = await inspectSchema(database.dialect, database.sequelize);
      for (let start = 0; start < STARTS; start += 1) {
        const node = await openDatabase({ url: scratch.url, timezone: "+08:00" });
        expect(await migrate(node)).toEqual([]);
        await node.close();
      }
      expect(await inspectSchema(database.dialect, database.sequelize)).toEqual(before);
    },
    SLOW_MS,
  );

  it("say which one failed and why, keep the earlier ones, and run it again once it is mended", async () => {
    await write("20260101000000-create-fruit", CREATE);
    await write("20260102000000-fail", FAIL);
    const database = await open();
    const failure: unknown = await migrate(database, { folder }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationFailure);
    expect(String(failure)).toMatch(/migration 20260102000000-fail failed: .*nowhere/);
    expect(await rows(database, "SELECT name FROM migration")).toEqual([{ name: "20260101000000-create-fruit" }]);
    expect(await rows(database, "SELECT owner FROM migration_lock")).toEqual([{ owner: null }]);
    const tables = await inspectSchema(database.dialect, database.sequelize);
    expect(tables.has("stone")).toBe(database.dialect === "mysql");

    // A new name for the file, because a process imports a module once.
    await rm(path.join(folder, "20260102000000-fail.ts"));
    await write("20260102000000-mended", FAIL.replace("nowhere", "stone"));
    expect(await migrate(database, { folder })).toEqual(["20260102000000-mended"]);
    expect(await rows(database, "SELECT * FROM stone")).toEqual([{ name: "x" }]);
  });

  it("refuse a file that would never run", async () => {
    await write("create-fruit", CREATE);
    await expect(migrate(await open(), { folder })).rejects.toThrow("create-fruit.ts: a migration is named");
  });

  describe("and their lease", { timeout: SLOW_MS }, () => {
    it("goes to the next one when its holder died", async () => {
      await write("20260101000000-create-fruit", CREATE);
      const times = { leaseMs: 1_500, waitMs: 30_000, pollMs: 20 };
      const [dying, next] = await Promise.all([open(), open()]);
      await MigrationLease.acquire(dying, times);
      // From here on it can renew nothing, as a process that was killed.
      await dying.close();
      expect(await migrate(next, { folder, times })).toEqual(["20260101000000-create-fruit"]);
    });

    it("stays with a holder who is slow, and the others say for whom they waited", async () => {
      await write("20260101000000-create-fruit", CREATE);
      const [slow, impatient] = await Promise.all([open(), open()]);
      const lease = await MigrationLease.acquire(slow, { leaseMs: 900, waitMs: 0, pollMs: 20 });
      const times = { leaseMs: 900, waitMs: 2_000, pollMs: 20 };
      await expect(migrate(impatient, { folder, times })).rejects.toThrow(
        new RegExp(`waited 2000 ms for .*:${process.pid}:`),
      );
      await lease.renew();
      await lease.release();
      expect(await migrate(impatient, { folder, times })).toEqual(["20260101000000-create-fruit"]);
    });

    it("tells a holder who lost it", async () => {
      const database = await open();
      const lease = await MigrationLease.acquire(database, LEASE_TIMES);
      await database.sequelize.query("UPDATE migration_lock SET owner = 'another'");
      await expect(lease.renew()).rejects.toThrow(LeaseError);
      await lease.release();
      expect(await rows(database, "SELECT owner FROM migration_lock")).toEqual([{ owner: "another" }]);
    });
  });
}
