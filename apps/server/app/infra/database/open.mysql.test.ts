import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScratch, type Scratch } from "./drift/scratch.ts";
import { migrate } from "./migration/migrate.ts";
import { type Database, openDatabase } from "./open.ts";
import { mysqlHost } from "./testing/mysql-host.ts";

const PASSWORD = "p@:/%?#'ß";
const USER = "im_open_test";

/** Far above what the statements here take, in milliseconds, and far below what they would sleep. */
const STATEMENT_TIMEOUT_MS = 500;

let scratch: Scratch;
let database: Database;

beforeEach(async () => {
  scratch = await createScratch(mysqlHost());
  database = await openDatabase({ url: scratch.url, timezone: "+08:00" });
  await migrate(database);
  await database.models.Setting.create({ name: "a", value: "1" });
});

afterEach(async () => {
  await database.close();
  await scratch.remove();
});

describe("openDatabase on MariaDB", () => {
  it("reads in a transaction what others have committed meanwhile", async () => {
    const { Setting } = database.models;
    await database.sequelize.transaction(async (transaction) => {
      const read = async () => (await Setting.findByPk("a", { transaction }))?.value;
      expect(await read()).toBe("1");
      await Setting.update({ value: "2" }, { where: { name: "a" } });
      expect(await read()).toBe("2");
    });
  });

  it("refuses what does not fit instead of cutting it", async () => {
    await expect(database.models.Setting.create({ name: "x".repeat(65), value: "" })).rejects.toThrow("too long");
  });

  it("speaks in the configured zone", async () => {
    const [[row]] = (await database.sequelize.query("SELECT TIMESTAMPDIFF(HOUR, UTC_TIMESTAMP(), NOW()) AS hours")) as [
      { hours: number }[],
      unknown,
    ];
    expect(row?.hours).toBe(8);
  });

  it("waits for a statement no longer than it is told, and goes on over another connection", async () => {
    const bounded = await openDatabase({
      url: scratch.url,
      timezone: "+08:00",
      poolSize: 1,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    try {
      const connectionId = async () => {
        const [[row]] = await bounded.sequelize.query("SELECT CONNECTION_ID() AS id");
        return row;
      };
      const first = await connectionId();
      const begun = performance.now();
      await expect(bounded.sequelize.query("SELECT SLEEP(30)")).rejects.toMatchObject({
        original: { code: "ETIMEDOUT", fatal: true },
      });
      await expect(
        bounded.sequelize.transaction((transaction) => bounded.sequelize.query("SELECT SLEEP(30)", { transaction })),
      ).rejects.toMatchObject({ original: { code: "ETIMEDOUT" } });
      expect(performance.now() - begun).toBeLessThan(10 * STATEMENT_TIMEOUT_MS);
      expect(await connectionId()).not.toEqual(first);
    } finally {
      await bounded.close();
    }
  });

  it("decodes a user's percent-encoded password", async () => {
    const { host, pathname } = new URL(scratch.url);
    const { sequelize } = database;
    await sequelize.query(`CREATE USER ${USER}@'127.0.0.1' IDENTIFIED BY ${sequelize.escape(PASSWORD)}`);
    try {
      await sequelize.query(`GRANT ALL ON \`${pathname.slice(1)}\`.* TO ${USER}@'127.0.0.1'`);
      const url = `mysql://${USER}:${encodeURIComponent(PASSWORD)}@${host}${pathname}`;
      const other = await openDatabase({ url, timezone: "+08:00" });
      expect(await other.models.Setting.count()).toBe(1);
      await other.close();
    } finally {
      await sequelize.query(`DROP USER ${USER}@'127.0.0.1'`);
    }
  });
});
