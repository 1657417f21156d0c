import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScratch, type Scratch } from "../infra/database/drift/scratch.ts";
import { migrate } from "../infra/database/migration/migrate.ts";
import { type Database, openDatabase } from "../infra/database/open.ts";
import { mysqlHost } from "../infra/database/testing/mysql-host.ts";
import { BundledTransaction } from "./bundled-transaction.ts";
import { toStoreError } from "./errors.ts";
import { Ambiguous, Conflict } from "../core/timeline/timeline-store.ts";

let scratch: Scratch;
let database: Database;

beforeEach(async () => {
  scratch = await createScratch(mysqlHost());
  // One connection, so that what one transaction leaves behind would be met by the next.
  database = await openDatabase({ url: scratch.url, timezone: "+08:00", poolSize: 1 });
  await migrate(database);
});

afterEach(async () => {
  await database.close();
  await scratch.remove();
});

const run = <T>(work: (transaction: BundledTransaction) => Promise<T>) =>
  BundledTransaction.run(database.sequelize, work);
const INSERT = "INSERT INTO setting (name, value) VALUES :rows";
const SELECT = "SELECT name, value FROM setting WHERE name <> 'epoch' ORDER BY name";

/** What is in the table, for everybody to see. */
const stored = () => run((transaction) => transaction.select<{ name: string; value: string }>(SELECT, {}));

describe("a bundled transaction", () => {
  it("sees what it wrote, and what it wrote is there afterwards", async () => {
    const seen = await run((transaction) => {
      transaction.defer(INSERT, {
        rows: [
          ["a", "1"],
          ["b", "2"],
        ],
      });
      transaction.defer("UPDATE setting SET value = :value WHERE name IN (:names)", { value: "3", names: ["b", "z"] });
      return transaction.select(SELECT, {});
    });
    expect(seen).toEqual([
      { name: "a", value: "1" },
      { name: "b", value: "3" },
    ]);
    expect(await stored()).toEqual(seen);
  });

  it("takes texts as they are, whatever is in them", async () => {
    const texts = [
      "'); DROP TABLE setting; --",
      "\\",
      "\\'",
      ":rows :name",
      "$& $1 $'",
      "?",
      "\0\n\r\x1a",
      "早上好 🀄",
      '"',
    ];
    await run((transaction) => {
      transaction.defer(INSERT, { rows: texts.map((text, index) => [`t${index}`, text]) });
      return Promise.resolve();
    });
    expect((await stored()).map(({ value }) => value)).toEqual(texts);
  });

  it("of which one statement fails has written nothing, and its connection is as good as before", async () => {
    const failed = run((transaction) => {
      transaction.defer(INSERT, { rows: [["a", "1"]] });
      transaction.defer(INSERT, { rows: [["a", "2"]] });
      transaction.defer(INSERT, { rows: [["b", "1"]] });
      return Promise.resolve();
    });
    expect(toStoreError(await failed.catch((error: unknown) => error))).toBeInstanceOf(Conflict);
    expect(await stored()).toEqual([]);
  });

  it("whose work fails has written nothing", async () => {
    const failed = run(async (transaction) => {
      transaction.defer(INSERT, { rows: [["a", "1"]] });
      await transaction.select(SELECT, {});
      throw new Error("no more");
    });
    await expect(failed).rejects.toThrow("no more");
    expect(await stored()).toEqual([]);
  });

  it("that is larger than the database takes at once travels in parts, and fails as a whole", async () => {
    const value = "字".repeat(60_000);
    const rows = Array.from({ length: 120 }, (_, index) => [`n${String(index).padStart(3, "0")}`, value]);
    const write = (last: string) =>
      run((transaction) => {
        for (const row of rows) transaction.defer("INSERT INTO setting (name, value) VALUES :rows", { rows: [row] });
        transaction.defer(INSERT, { rows: [[last, ""]] });
        return Promise.resolve();
      });
    await database.sequelize.query("ALTER TABLE setting MODIFY value LONGTEXT NOT NULL");
    await expect(write("n000")).rejects.toThrow("Duplicate");
    expect(await stored()).toEqual([]);
    await write("z");
    expect(await stored()).toHaveLength(121);
  });

  it("whose connection is lost says that its end is not known, and the next runs over another", async () => {
    const other = await openDatabase({ url: scratch.url, timezone: "+08:00", poolSize: 1 });
    const failed = run(async (transaction) => {
      transaction.defer(INSERT, { rows: [["a", "1"]] });
      const [row] = await transaction.select<{ id: number }>("SELECT CONNECTION_ID() AS id", {});
      await other.sequelize.query(`KILL ${row?.id}`);
    });
    expect(toStoreError(await failed.catch((error: unknown) => error))).toBeInstanceOf(Ambiguous);
    await other.close();
    expect(await stored()).toEqual([]);
  });
});
