import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeMessage, makeOutgoing } from "../../test/builders.ts";
import { batchOf, recordOf } from "../../test/store-under-test.ts";
import { describeLocalStore } from "../store/conformance.ts";
import { openNodeStore } from "./open-node-store.ts";
import type { SqliteStore } from "./sqlite-store.ts";

let folder: string;
let files = 0;
const opened: SqliteStore[] = [];

async function open(file: string): Promise<SqliteStore> {
  const store = await openNodeStore({ file });
  opened.push(store);
  return store;
}

function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "im-store-"));
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeLocalStore("SqliteStore", () => {
  const file = newFile();
  return { open: () => open(file) };
});

describe("SqliteStore", () => {
  it("keeps everything over closing and opening", async () => {
    const file = newFile();
    const first = await open(file);
    const deviceId = await first.deviceId();
    const account = await first.openAccount("me");
    await account.reset("e");
    const record = { ...recordOf("c1"), receipts: new Map([["ann", 3]]) };
    await account.putConversations("e", [record]);
    await account.completeList("e", { cursor: 4, listed: new Set(["c1"]) });
    await account.commit(batchOf(5, { messages: [makeMessage()] }));
    await account.enqueue(makeOutgoing("a"));
    await first.close();
    const second = await open(file);
    expect(await second.deviceId()).toBe(deviceId);
    const again = await second.openAccount("me");
    expect(await again.load()).toEqual({
      position: { epoch: "e", cursor: 5, complete: true },
      conversations: [record],
      outgoing: [makeOutgoing("a")],
      reads: [],
      changes: [],
      drafts: [],
      users: [],
      people: [],
    });
    expect((await again.messages("c1", 10)).messages).toEqual([makeMessage()]);
  });

  it("changes nothing when a part of a batch cannot be stored", async () => {
    const account = await (await open(newFile())).openAccount("me");
    await account.reset("e");
    await account.completeList("e", { cursor: 3, listed: new Set() });
    const unstorable = { userId: "ann", username: "ann", displayName: 1n as unknown as string };
    const batch = batchOf(4, { messages: [makeMessage()], users: [unstorable] });
    await expect(account.commit(batch)).rejects.toThrow(/BigInt/);
    expect((await account.load()).position.cursor).toBe(3);
    expect(await account.cached()).toEqual([]);
  });

  it("refuses files beyond its bound, and stores nothing of them", async () => {
    const account = await (await open(newFile())).openAccount("me");
    const part = new Blob([new Uint8Array(65 * 1024 * 1024)]);
    // A Blob of Blobs holds each only once.
    const large = new Blob(Array.from({ length: 8 }, () => part));
    await expect(account.enqueue(makeOutgoing("a"), [large])).rejects.toMatchObject({
      code: "TOO_LARGE",
      details: { reason: "device" },
    });
    expect((await account.load()).outgoing).toEqual([]);
  });

  it("stops the open stores of an account that is erased, and of a file that is closed", async () => {
    const store = await open(newFile());
    const account = await store.openAccount("me");
    await account.enqueue(makeOutgoing("a"));
    await store.removeAccount("me");
    await expect(account.enqueue(makeOutgoing("b"))).rejects.toThrow(/closed/);
    const anew = await store.openAccount("me");
    expect((await anew.load()).outgoing).toEqual([]);
    await store.close();
    await expect(anew.load()).rejects.toThrow(/closed/);
  });
});
