import sqlite from "node-sqlite3-wasm";
import { describe, expect, it } from "vitest";
import { storageFault } from "../store/storage-fault.ts";
import { SqliteDatabase } from "./sqlite-database.ts";

const INSERT = "INSERT INTO t VALUES (?)";

describe("SqliteDatabase", () => {
  it("goes on with the same statements once there is room again on a full disk", () => {
    const db = new SqliteDatabase(new sqlite.Database(":memory:"));
    db.exec("CREATE TABLE t (value TEXT)");
    db.exec("PRAGMA max_page_count = 20");
    const fill = (): void => {
      for (let rows = 0; rows < 100; rows += 1) db.run(INSERT, "x".repeat(2_000));
    };
    let fault: unknown;
    try {
      db.transaction(fill);
    } catch (error) {
      fault = error;
    }
    expect(storageFault(fault)).toBe("full");
    expect(db.all("SELECT * FROM t")).toEqual([]);
    db.transaction(() => db.run(INSERT, "fits"));
    db.run(INSERT, "fits as well");
    expect(db.all("SELECT * FROM t")).toEqual([{ value: "fits" }, { value: "fits as well" }]);
    db.close();
  });
});
