import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Database } from "node-sqlite3-wasm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOutgoing } from "../../test/builders.ts";
import { sizeOf } from "../store/message-size.ts";
import { openNodeStore } from "./open-node-store.ts";

/** A process takes seconds to start while both cores are busy, in milliseconds. */
const PROCESS_TIMEOUT_MS = 60_000;

const PROGRAM = fileURLToPath(new URL("../../test/writing-program.ts", import.meta.url));

let folder: string;
let file: string;
const running = new Set<ChildProcess>();

/** Starts a process that writes to the file, waits until it has stored so many cursors, and gives the last it told. */
async function writeUntil(count: number): Promise<{ child: ChildProcess; last: () => number }> {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, file], { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  let last = 0;
  let lines = 0;
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The process has ended by itself")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      last = Number(line);
      lines += 1;
      if (lines === count) resolve();
    });
  });
  return { child, last: () => last };
}

async function kill(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null) return;
  const ended = once(child, "close");
  child.kill("SIGKILL");
  await ended;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "im-store-"));
  file = join(folder, "store.db");
});

afterEach(async () => {
  for (const child of running) await kill(child);
  rmSync(folder, { recursive: true, force: true });
});

describe("openNodeStore", () => {
  it(
    "finds a whole store after a process was killed in the middle of writing, again and again",
    async () => {
      for (let round = 1; round <= 3; round += 1) {
        const { child, last } = await writeUntil(round * 37);
        await kill(child);
        const store = await openNodeStore({ file });
        const account = await store.openAccount("me");
        const { position, outgoing } = await account.load();
        const cursor = position.cursor ?? 0;
        // What was told is stored; the step after it may be, too.
        expect(cursor).toBeGreaterThanOrEqual(last());
        const { messages } = await account.messages("c1", 10_000);
        expect(messages.at(-1)?.seq).toBe(cursor * 2);
        expect(messages.length).toBe((messages.at(-1)?.seq ?? 0) - (messages[0]?.seq ?? 0) + 1);
        const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
        expect(await account.cached()).toEqual([
          { conversationId: "c1", messages: messages.length, bytes, openedAt: 0 },
        ]);
        // The last message queued, and the one before it where the commit that delivers it did not come any more.
        const queued = outgoing.map(({ clientMessageId }) => clientMessageId);
        expect([[`m${cursor}`], [`m${cursor}`, `m${cursor + 1}`]]).toContainEqual(queued);
        await store.close();
      }
      const db = new Database(file);
      db.exec("PRAGMA locking_mode = EXCLUSIVE");
      expect(db.get("PRAGMA integrity_check")).toEqual({ integrity_check: "ok" });
      db.close();
    },
    PROCESS_TIMEOUT_MS,
  );

  it(
    "refuses a file that another process has open, which goes on",
    async () => {
      const { child, last } = await writeUntil(3);
      await expect(openNodeStore({ file })).rejects.toMatchObject({
        name: "StoreFileError",
        reason: "inUse",
      });
      await expect(openNodeStore({ file })).rejects.toThrow(`process ${child.pid}`);
      const before = last();
      await expect.poll(last, { timeout: PROCESS_TIMEOUT_MS / 2 }).toBeGreaterThan(before);
      await kill(child);
      const store = await openNodeStore({ file });
      expect((await (await store.openAccount("me")).load()).position.cursor).toBeGreaterThanOrEqual(before);
      await store.close();
    },
    PROCESS_TIMEOUT_MS,
  );

  it("refuses a file that this process has open already, until it is closed", async () => {
    const store = await openNodeStore({ file });
    await expect(openNodeStore({ file })).rejects.toMatchObject({ reason: "inUse" });
    await store.close();
    await store.close();
    await (await openNodeStore({ file })).close();
    expect(readdirSync(folder)).toEqual(["store.db"]);
  });

  it("takes the file over from a process whose number another one has by now", async () => {
    const store = await openNodeStore({ file });
    await (await store.openAccount("me")).enqueue(makeOutgoing("a"));
    await store.close();
    writeFileSync(`${file}.owner`, process.platform === "linux" ? `${process.pid} 1` : "0 ");
    const again = await openNodeStore({ file });
    expect((await (await again.openAccount("me")).load()).outgoing).toEqual([makeOutgoing("a")]);
    await again.close();
  });

  it("refuses a file that is no database, and leaves it as it is", async () => {
    const text = "a letter, not a database. ".repeat(100);
    writeFileSync(file, text);
    await expect(openNodeStore({ file })).rejects.toMatchObject({ name: "StoreFileError", reason: "notAStore" });
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(readdirSync(folder)).toEqual(["store.db"]);
  });

  it("refuses another program's database, and leaves it as it is", async () => {
    const other = new Database(file);
    other.exec("CREATE TABLE notes (text TEXT)");
    other.close();
    const before = readFileSync(file);
    await expect(openNodeStore({ file })).rejects.toMatchObject({ reason: "notAStore" });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("refuses a store that a later version has written", async () => {
    await (await openNodeStore({ file })).close();
    const later = new Database(file);
    later.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA user_version = 99");
    later.close();
    await expect(openNodeStore({ file })).rejects.toMatchObject({ reason: "newer" });
  });

  it("tells of a folder that is not there", async () => {
    const lost = join(folder, "nowhere", "store.db");
    await expect(openNodeStore({ file: lost })).rejects.toMatchObject({ reason: "failed" });
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });
});
