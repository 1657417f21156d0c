import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage, makeOutgoing, makeUser } from "../../test/builders.ts";
import { batchOf, readingOf } from "../../test/store-under-test.ts";
import { listed } from "../sync/conversation-record.ts";
import { describeLocalStore } from "./conformance.ts";
import { IndexedDbStore } from "./indexeddb-store.ts";
import type { AccountSnapshot, AccountStore, LocalStore, StoredSession } from "./local-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { ResilientAccountStore } from "./resilient-account-store.ts";

const NOTHING: AccountSnapshot = {
  position: { epoch: null, cursor: null, complete: false },
  conversations: [],
  outgoing: [],
  reads: [],
  changes: [],
  drafts: [],
  users: [],
  people: [],
};

/** What the program holds, to be put back: cursor 3 of epoch "e", one conversation, one message to be sent. */
const HELD: AccountSnapshot = {
  position: { epoch: "e", cursor: 3, complete: true },
  conversations: [listed(makeConversation({ lastSeq: 2 }))],
  outgoing: [makeOutgoing("waiting")],
  reads: [{ conversationId: "c1", seq: 2 }],
  changes: [{ id: "x", kind: "edit", conversationId: "c1", seq: 1, text: "new", createdAt: 1 }],
  drafts: [{ conversationId: "c1", text: "begun", at: 5 }],
  users: [makeUser("ann")],
  people: [],
};

describeLocalStore("ResilientAccountStore", () => {
  const store = new MemoryStore();
  const open = async (): Promise<LocalStore> => {
    const here: LocalStore = {
      kind: "memory",
      deviceId: () => store.deviceId(),
      loadSession: () => store.loadSession(),
      saveSession: (session) => store.saveSession(session),
      removeAccount: (userId) => store.removeAccount(userId),
      close: () => store.close(),
      openAccount: async (userId) => {
        const account = await store.openAccount(userId);
        return new ResilientAccountStore(account, {
          reopen: () => store.openAccount(userId),
          held: () => NOTHING,
          filled: () => undefined,
          changed: () => undefined,
          fault: () => undefined,
        });
      },
    };
    return here;
  };
  return { open };
});

const quota = (): DOMException => new DOMException("no room", "QuotaExceededError");
const closed = (): Error => Object.assign(new Error("closed"), { name: "DatabaseClosedError" });

describe("ResilientAccountStore", () => {
  const indexedDB = { factory: new IDBFactory() };
  let device: IndexedDbStore;
  let below: AccountStore;
  let store: ResilientAccountStore;
  let states: string[];
  let reopen: () => Promise<AccountStore | null>;

  const openDevice = (): Promise<IndexedDbStore> =>
    IndexedDbStore.open({ scope: "http://test", indexedDB: indexedDB.factory, IDBKeyRange });

  beforeEach(async () => {
    indexedDB.factory = new IDBFactory();
    device = await openDevice();
    below = await device.openAccount("me");
    states = [];
    reopen = () => device.openAccount("me");
    store = new ResilientAccountStore(below, {
      reopen: () => reopen(),
      held: () => HELD,
      filled: () => undefined,
      changed: () => states.push(store.state),
      fault: () => undefined,
    });
    await store.reset("e");
    await store.putConversations("e", HELD.conversations);
    await store.completeList("e", { cursor: 3, listed: new Set(["c1"]) });
    await store.enqueue(makeOutgoing("waiting"));
    await store.putMessages(
      "c1",
      Array.from({ length: 40 }, (_, index) => makeMessage({ seq: index + 1 })),
    );
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const wipe = (name: string): Promise<void> =>
    new Promise((resolve) => {
      indexedDB.factory.deleteDatabase(name).addEventListener("success", () => resolve());
    });
  const cached = async (): Promise<number> => (await store.cached()).reduce((sum, { messages }) => sum + messages, 0);
  const waiting = async (): Promise<string[]> =>
    (await store.pending()).outgoing.map(({ clientMessageId }) => clientMessageId);

  it("lets old messages go where there is no room, and stores what it was given", async () => {
    vi.spyOn(below, "enqueue").mockRejectedValueOnce(quota());
    await store.enqueue(makeOutgoing("a"));
    expect(await waiting()).toEqual(["waiting", "a"]);
    expect(await cached()).toBe(20);
    expect(store.state).toBe("persistent");
  });

  it("caches no messages for a while where there is still no room, and loses nothing else", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const commit = vi.spyOn(below, "commit").mockImplementation(async (batch) => {
      if (batch.messages.length > 0) throw quota();
      return true;
    });
    expect(await store.commit(batchOf(4, { messages: [makeMessage({ seq: 41 })] }))).toBe(true);
    expect(store.state).toBe("full");
    expect(await cached()).toBe(0);
    const tried = commit.mock.calls.length;
    await store.commit(batchOf(5, { messages: [makeMessage({ seq: 42 })] }));
    expect(commit.mock.calls.length).toBe(tried + 1);
    await store.enqueue(makeOutgoing("a"));
    expect(await waiting()).toEqual(["waiting", "a"]);

    commit.mockRestore();
    vi.setSystemTime(Date.now() + 60_001);
    expect(await store.commit(batchOf(6, { messages: [makeMessage({ seq: 43 })] }))).toBe(true);
    expect(await cached()).toBe(1);
    expect(states).toEqual(["full", "persistent"]);
  });

  it("goes on in memory where not even that fits, with all that is held", async () => {
    vi.spyOn(below, "enqueue").mockRejectedValue(quota());
    await store.enqueue(makeOutgoing("a"));
    expect(store.state).toBe("memory");
    expect(store.shared).toBe(false);
    expect(await waiting()).toEqual(["waiting", "a"]);
    const { outgoing: _, ...loaded } = await store.load();
    const { outgoing: __, ...held } = HELD;
    expect(loaded).toEqual(held);
    expect(await store.commit(batchOf(4))).toBe(true);
  });

  it("keeps the order of what was put in while it was mending", async () => {
    vi.spyOn(below, "enqueue").mockRejectedValueOnce(closed());
    await Promise.all(["a", "b", "c"].map((id) => store.enqueue(makeOutgoing(id))));
    expect(await waiting()).toEqual(["waiting", "a", "b", "c"]);
    expect(store.state).toBe("persistent");
  });

  it("opens a database again that was closed under its feet", async () => {
    await below.close();
    await store.enqueue(makeOutgoing("a"));
    expect(await waiting()).toEqual(["waiting", "a"]);
    expect(await cached()).toBe(40);
    expect(states).toEqual([]);
  });

  it("fills a wiped database again, with all but the messages", async () => {
    await wipe("im-webapp http://test me");
    await wipe("im-webapp http://test");
    await store.enqueue(makeOutgoing("a"));
    expect(await waiting()).toEqual(["waiting", "a"]);
    expect((await store.load()).position).toEqual(HELD.position);
    expect(await cached()).toBe(0);
    expect(await store.commit(batchOf(4, { messages: [makeMessage({ seq: 41 })] }))).toBe(true);
    expect(await cached()).toBe(1);
    expect(states).toEqual([]);
  });

  it("brings nothing back of an account that was erased on purpose", async () => {
    reopen = async () => null;
    const otherTab = await openDevice();
    await otherTab.removeAccount("me");
    await expect(store.enqueue(makeOutgoing("a"))).rejects.toThrow(/closed/i);
    await otherTab.close();
    const names = (await indexedDB.factory.databases()).map(({ name }) => name);
    expect(names).toEqual(["im-webapp http://test"]);
  });

  it("leaves a database alone that a newer version has laid out anew, and goes on in memory", async () => {
    const newer = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.factory.open("im-webapp http://test me", 990);
      request.addEventListener("success", () => resolve(request.result));
    });
    const disturbed = vi.fn();
    newer.addEventListener("versionchange", disturbed);
    await store.enqueue(makeOutgoing("a"));
    expect(store.state).toBe("outdated");
    expect(await waiting()).toEqual(["waiting", "a"]);
    expect(newer.version).toBe(990);
    expect(disturbed).not.toHaveBeenCalled();
    newer.close();
  });

  it("gives a database up that fails again and again", async () => {
    reopen = async () => {
      const opened = await device.openAccount("me");
      vi.spyOn(opened, "enqueue").mockRejectedValue(closed());
      return opened;
    };
    vi.spyOn(below, "enqueue").mockRejectedValue(closed());
    await store.enqueue(makeOutgoing("a"));
    expect(store.state).toBe("memory");
    expect(await waiting()).toEqual(["waiting", "a"]);
  });

  it("does not take what no store can keep for a fault of this one", async () => {
    const unstorable = {
      ...makeOutgoing("a"),
      content: { kind: "text", text: (() => "") as unknown as string } as const,
    };
    await expect(store.enqueue(unstorable)).rejects.toThrow(/clone/i);
    expect(await store.advance(readingOf())).toBe(true);
    expect(store.state).toBe("persistent");
  });

  it("knows a resumed session after all was wiped, though nobody has asked for the device's id", async () => {
    const session: StoredSession = { token: "t", expiresAt: 9, me: makeUser("me") };
    await device.saveSession(session);
    const resumed = await openDevice();
    expect(await resumed.loadSession()).toEqual(session);
    await wipe("im-webapp http://test");
    expect(await resumed.loadSession()).toEqual(session);
    await resumed.close();
  });

  it("is the same device with the same session after all was wiped", async () => {
    const session: StoredSession = { token: "t", expiresAt: 9, me: makeUser("me") };
    const id = await device.deviceId();
    await device.saveSession(session);
    await wipe("im-webapp http://test");
    expect(await device.loadSession()).toEqual(session);
    expect(await device.deviceId()).toBe(id);
    const later = await openDevice();
    expect(await later.deviceId()).toBe(id);
    await later.close();
  });
});
