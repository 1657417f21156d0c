import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createScratch } from "./drift/scratch.ts";
import { openDatabase } from "./open.ts";

const open = (url: string, timezone = "+08:00") => openDatabase({ url, timezone });

describe("openDatabase", () => {
  it("makes the folders on the way to a file, and tells every statement to who asked", async () => {
    const scratch = await createScratch({ dialect: "sqlite" });
    const file = path.join(path.dirname(scratch.url.slice("sqlite:".length)), "a", "b", "im.sqlite");
    const heard: string[] = [];
    const database = await openDatabase({ url: `sqlite:${file}`, timezone: "+08:00", log: (sql) => heard.push(sql) });
    expect([existsSync(file), database.dialect, database.clock.timezone]).toEqual([true, "sqlite", "+08:00"]);
    expect(heard.join("\n")).toContain("SELECT 1+1");
    await database.close();
    await scratch.remove();
  });

  it.each([
    ["mysql://root@127.0.0.1:3306", "names no database"],
    ["mysql://root@127.0.0.1:3306/", "names no database"],
    ["mysql://root:50%@127.0.0.1:3306/im", "must be percent-encoded"],
    ["mysql://secret password@[::1/im", "must be mysql://user:password@host:port/database"],
  ])("refuses %s", async (url, message) => {
    await expect(open(url)).rejects.toThrow(message);
  });

  it("refuses a zone that is no offset before it touches anything", async () => {
    await expect(open("sqlite:/nowhere/im.sqlite", "Asia/Shanghai")).rejects.toThrow(RangeError);
  });

  it("says when nobody answers", async () => {
    // Port 1 takes no connections on loopback.
    await expect(open("mysql://root@127.0.0.1:1/im")).rejects.toThrow("ECONNREFUSED");
  });
});
