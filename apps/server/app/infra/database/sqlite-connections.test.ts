import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScratch, type Scratch } from "./drift/scratch.ts";
import { type Database, openDatabase } from "./open.ts";

const TIMEZONE = "+08:00";
const ROUNDS = 20;

let scratch: Scratch;
let database: Database;

beforeEach(async () => {
  scratch = await createScratch({ dialect: "sqlite" });
  database = await openDatabase({ url: scratch.url, timezone: TIMEZONE });
  await database.sequelize.query("CREATE TABLE setting (name VARCHAR(64) PRIMARY KEY, value VARCHAR(255) NOT NULL)");
  await database.models.Setting.create({ name: "count", value: "0" });
});

afterEach(async () => {
  await database.close();
  await scratch.remove();
});

async function increment({ sequelize, models: { Setting } }: Database): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    const row = await Setting.findByPk("count", { transaction, rejectOnEmpty: true });
    // Lets everybody else go on, who must not come between the reading and the writing.
    await new Promise((resolve) => setImmediate(resolve));
    await row.update({ value: String(Number(row.value) + 1) }, { transaction });
  });
}

async function count({ models: { Setting } }: Database): Promise<string | undefined> {
  return (await Setting.findByPk("count"))?.value;
}

const times = (calls: number, call: () => Promise<void>) => Array.from({ length: calls }, () => call());

describe("SQLite connections", () => {
  it("give each transaction the writer to itself", async () => {
    await Promise.all(times(ROUNDS, () => increment(database)));
    expect(await count(database)).toBe(String(ROUNDS));
  });

  it("take turns with another process", async () => {
    const other = await openDatabase({ url: scratch.url, timezone: TIMEZONE });
    try {
      await Promise.all([...times(ROUNDS, () => increment(database)), ...times(ROUNDS, () => increment(other))]);
      expect([await count(database), await count(other)]).toEqual([String(2 * ROUNDS), String(2 * ROUNDS)]);
    } finally {
      await other.close();
    }
  });

  it("open a new file several times at once", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const url = `${scratch.url}-${round}`;
      const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ url, timezone: TIMEZONE })));
      await Promise.all(opened.map((node) => node.close()));
    }
  });

  it("let reads go on beside a transaction, and see only what is committed", async () => {
    await database.sequelize.transaction(async (transaction) => {
      await database.models.Setting.update({ value: "9" }, { where: { name: "count" }, transaction });
      expect(await Promise.all([count(database), count(database), count(database)])).toEqual(["0", "0", "0"]);
    });
    expect(await count(database)).toBe("9");
  });

  it("let a write outside a transaction wait for the transaction's end", async () => {
    const order: string[] = [];
    const { Setting } = database.models;
    let outside: Promise<unknown> = Promise.resolve();
    await database.sequelize.transaction(async (transaction) => {
      outside = Setting.create({ name: "outside", value: "1" }).then(() => order.push("outside"));
      await Setting.create({ name: "inside", value: "1" }, { transaction });
      await count(database);
      order.push("inside");
    });
    await outside;
    expect(order).toEqual(["inside", "outside"]);
  });

  it("roll back what fails, and go on", async () => {
    const failing = database.sequelize.transaction(async (transaction) => {
      await database.models.Setting.update({ value: "9" }, { where: { name: "count" }, transaction });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await increment(database);
    expect(await count(database)).toBe("1");
  });

  it("replace the writer when a transaction cannot be ended", async () => {
    const broken = database.sequelize.transaction(async (transaction) => {
      await database.sequelize.query("ROLLBACK", { transaction });
      await database.sequelize.query("SELECT 1", { transaction });
    });
    await expect(broken).rejects.toThrow("no transaction is active");
    await Promise.all(times(3, () => increment(database)));
    expect(await count(database)).toBe("3");
    const [[synchronous]] = (await database.sequelize.query("PRAGMA synchronous")) as [
      { synchronous: number }[],
      unknown,
    ];
    expect(synchronous).toEqual({ synchronous: 2 });
  });

  it("sync every commit to the disk, through a write-ahead log", async () => {
    const pragma = async (name: string) => (await database.sequelize.query(`PRAGMA ${name}`))[0];
    expect(await pragma("journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(await pragma("synchronous")).toEqual([{ synchronous: 2 }]);
    expect(await pragma("busy_timeout")).toEqual([{ timeout: 5_000 }]);
  });

  it("close after the transactions that had begun, and refuse what comes later", async () => {
    const late = increment(database);
    await new Promise((resolve) => setImmediate(resolve));
    const closed = database.close();
    await expect(database.models.Setting.findAll()).rejects.toThrow("closed");
    await Promise.all([late, closed]);
    database = await openDatabase({ url: scratch.url, timezone: TIMEZONE });
    expect(await count(database)).toBe("1");
  });
});
