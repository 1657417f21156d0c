import { Dexie } from "dexie";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage, makeOutgoing } from "../../test/builders.ts";
import { listed } from "../sync/conversation-record.ts";
import { describeLocalStore } from "./conformance.ts";
import { ACCOUNT_VERSIONS, DEVICE_VERSIONS } from "./indexeddb-schema.ts";
import { IndexedDbStore } from "./indexeddb-store.ts";
import { sizeOf } from "./message-size.ts";

describeLocalStore("IndexedDbStore", () => {
  const indexedDB = new IDBFactory();
  return { open: () => IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange }) };
});

describe("IndexedDbStore", () => {
  it("keeps servers apart", async () => {
    const indexedDB = new IDBFactory();
    const one = await IndexedDbStore.open({ scope: "http://one", indexedDB, IDBKeyRange });
    const other = await IndexedDbStore.open({ scope: "http://other", indexedDB, IDBKeyRange });
    expect(await one.deviceId()).not.toBe(await other.deviceId());
    await (await one.openAccount("me")).enqueue(makeOutgoing("a"));
    expect((await (await other.openAccount("me")).load()).outgoing).toEqual([]);
  });

  it("rejects where IndexedDB is refused", async () => {
    const indexedDB = new IDBFactory();
    indexedDB.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
    await expect(IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange })).rejects.toThrow("denied");
  });

  it("changes nothing when a part of a batch cannot be stored", async () => {
    const indexedDB = new IDBFactory();
    const store = await IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    const account = await store.openAccount("me");
    await account.reset("e");
    await account.completeList("e", { cursor: 3, listed: new Set() });
    const unstorable = { userId: "ann", username: "ann", displayName: (() => "") as unknown as string };
    const batch = {
      epoch: "e",
      cursor: 4,
      complete: true,
      conversations: [],
      messages: [makeMessage()],
      updates: [],
      users: [unstorable],
      people: [],
      delivered: [],
    };
    await expect(account.commit(batch)).rejects.toThrow(/clone/i);
    expect((await account.load()).position.cursor).toBe(3);
    expect((await account.messages("c1", 10)).messages).toEqual([]);
  });

  it("stops the open stores of an account that is erased elsewhere", async () => {
    const indexedDB = new IDBFactory();
    const open = () => IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    const [tab, otherTab] = await Promise.all([open(), open()]);
    const account = await tab.openAccount("me");
    await account.enqueue(makeOutgoing("a"));
    await otherTab.removeAccount("me");
    await expect(account.enqueue(makeOutgoing("b"))).rejects.toThrow(/closed/i);
    expect((await (await otherTab.openAccount("me")).load()).outgoing).toEqual([]);
  });

  it("takes what an earlier version of the library has stored as held", async () => {
    const indexedDB = new IDBFactory();
    const old = new Dexie("im-webapp http://test me", { indexedDB, IDBKeyRange });
    old.version(1).stores(ACCOUNT_VERSIONS[0]!.stores);
    const conversation = makeConversation({ lastSeq: 7, changeSeq: 2 });
    await old.table("conversations").put({ conversation, receipts: new Map() });
    old.close();
    const store = await IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    const { conversations } = await (await store.openAccount("me")).load();
    expect(conversations).toEqual([listed(conversation)]);
  });

  it("counts what an earlier version of the library has cached", async () => {
    const indexedDB = new IDBFactory();
    const old = new Dexie("im-webapp http://test me", { indexedDB, IDBKeyRange });
    ACCOUNT_VERSIONS.slice(0, 2).forEach(({ stores }, index) => old.version(index + 1).stores(stores));
    const messages = [makeMessage({ seq: 1 }), makeMessage({ seq: 2 }), makeMessage({ conversationId: "c2" })];
    await old.table("messages").bulkPut(messages);
    old.close();
    const store = await IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    const account = await store.openAccount("me");
    const bytes = sizeOf(messages[0]!) + sizeOf(messages[1]!);
    expect(await account.cached()).toEqual([
      { conversationId: "c1", messages: 2, bytes, openedAt: 0 },
      { conversationId: "c2", messages: 1, bytes: sizeOf(messages[2]!), openedAt: 0 },
    ]);
    expect((await account.evict({ conversationId: "c1", limit: 1, keep: 0 })).bytes).toBe(sizeOf(messages[1]!));
    expect((await account.messages("c1", 10)).messages).toEqual([messages[1]]);
  });

  it("keeps what an earlier version of the library has cached, however much it is", async () => {
    const indexedDB = new IDBFactory();
    const old = new Dexie("im-webapp http://test me", { indexedDB, IDBKeyRange });
    ACCOUNT_VERSIONS.slice(0, 5).forEach(({ stores }, index) => old.version(index + 1).stores(stores));
    const of = (conversationId: string, count: number) =>
      Array.from({ length: count }, (_, index) => makeMessage({ conversationId, seq: index + 1 }));
    // More than an upgrade reads at once, which ends in the middle of a row.
    const [long, short] = [of("c1", 2_500), of("c2", 3)];
    await old.table("messages").bulkPut([...long, ...short]);
    old.close();
    const store = await IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    const account = await store.openAccount("me");
    expect((await account.messages("c1", 3_000)).messages).toEqual(long);
    expect((await account.messages("c2", 3_000)).messages).toEqual(short);
  });

  it("gives the database the version of its layouts", async () => {
    const indexedDB = new IDBFactory();
    const store = await IndexedDbStore.open({ scope: "http://test", indexedDB, IDBKeyRange });
    await (await store.openAccount("me")).close();
    await store.close();
    const versions = new Map((await indexedDB.databases()).map(({ name, version }) => [name, version]));
    // Dexie multiplies its versions by ten.
    expect(versions).toEqual(
      new Map([
        ["im-webapp http://test", DEVICE_VERSIONS.length * 10],
        ["im-webapp http://test me", ACCOUNT_VERSIONS.length * 10],
      ]),
    );
  });
});
