import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage, makeUser } from "../test/builders.ts";
import { ImClient } from "./im-client.ts";
import type { AccountStore } from "./store/local-store.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { listed } from "./sync/conversation-record.ts";

/** A port on which nobody listens: all of this works without a server. */
const NOWHERE = "http://127.0.0.1:1/some/path";

let store: MemoryStore;
const clients: ImClient[] = [];

function make(): ImClient {
  const client = new ImClient({ url: NOWHERE, deviceName: "test", store });
  clients.push(client);
  return client;
}

/** Fills the store as an earlier run of the program has left it. */
async function leaveTraces(): Promise<AccountStore> {
  await store.saveSession({ token: "t", expiresAt: 9e12, me: makeUser("me") });
  const account = await store.openAccount("me");
  await account.reset("e");
  const messages = [makeMessage({ seq: 1 }), makeMessage({ seq: 2 })];
  const view = makeConversation({ lastSeq: 2, lastMessage: messages[1] });
  await account.putConversations("e", [listed(view)]);
  await account.completeList("e", { cursor: 5, listed: new Set(["c1"]) });
  await account.putMessages("c1", messages);
  return account;
}

beforeEach(() => {
  store = new MemoryStore();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

describe("ImClient without a server", () => {
  it("is signed out after a start without a session", async () => {
    const client = make();
    expect(client.getState()).toMatchObject({ loaded: false, me: null, connection: { status: "connecting" } });
    await client.start();
    expect(client.getState()).toMatchObject({ loaded: true, me: null, connection: { status: "signedOut" } });
  });

  it("refuses what needs a signed-in user, as rejections", async () => {
    const client = make();
    await client.start();
    const calls = [
      client.send({ conversationId: "c1", content: { kind: "text", text: "hi" } }),
      client.sendFile({ conversationId: "c1", file: new Blob(["a"]), name: "a", as: "file" }),
      client.pauseUpload("m"),
      client.resumeUpload("m"),
      client.files.local("m"),
      client.markRead("c1", 1),
      client.openDirect("ann"),
      client.loadBefore("c1"),
      client.loadAfter("c1"),
      client.showAround("c1", 1),
      client.showNewest("c1"),
      client.groups.leave("g"),
      client.groups.get("g"),
    ];
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: "UNAUTHENTICATED" })));
    await expect(client.logout()).resolves.toBeUndefined();
    expect(client.resolveConversationId("peer:ann")).toBe("peer:ann");
  });

  it("tells why nobody can sign in", async () => {
    const client = make();
    const login = client.login({ username: "ann", password: "secret" });
    await expect(login).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
    expect(client.getState().me).toBeNull();
  });

  it("shows what is cached, also of conversations opened before the start", async () => {
    await leaveTraces();
    const client = make();
    client.openConversation("c1");
    await client.start();
    expect(client.getState()).toMatchObject({ loaded: true, me: { userId: "me" }, unreadTotal: 2 });
    await vi.waitFor(() => expect(client.getState().windows.get("c1")?.messages).toHaveLength(2));
    await vi.waitFor(() => expect(client.getState().connection.status).toBe("reconnecting"));
    expect(client.getState().connection).toMatchObject({ error: { code: "UNAVAILABLE" } });
    client.closeConversation("c1");
    expect(client.getState().windows.size).toBe(0);
  });

  it("takes a message for somebody new, and closes a conversation by the id that it was opened with", async () => {
    await leaveTraces();
    const client = make();
    await client.start();
    const known = await client.openDirect("ann");
    expect(known).toBe("c1");
    client.openConversation("peer:ann");
    expect([...client.getState().windows.keys()]).toEqual(["c1"]);
    client.closeConversation("c1");
    expect(client.getState().windows.size).toBe(0);

    const placeholder = await client.openDirect("bob");
    const id = await client.send({ conversationId: placeholder, content: { kind: "text", text: "hi" } });
    expect(client.getState().conversations[0]).toMatchObject({
      conversationId: "peer:bob",
      lastOutgoing: { clientMessageId: id, status: "waiting" },
    });
  });

  it("tells selected values when they change, and nothing else", async () => {
    await leaveTraces();
    const client = make();
    await client.start();
    const unread = vi.fn();
    const changes = vi.fn();
    const stopUnread = client.select((state) => state.unreadTotal, unread);
    const stopChanges = client.subscribe(changes);
    await client.send({ conversationId: "c1", content: { kind: "text", text: "hi" } });
    await client.markRead("c1", 1);
    await Promise.resolve();
    expect(unread.mock.calls).toEqual([[1]]);
    expect(changes).toHaveBeenCalled();
    stopUnread();
    stopChanges();
    await client.markRead("c1", 2);
    expect(unread).toHaveBeenCalledTimes(1);
  });

  it("goes on in memory where the account's store is broken, and says so", async () => {
    await leaveTraces();
    vi.spyOn(store, "openAccount").mockRejectedValue(new Error("corrupt"));
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const client = make();
    await client.start();
    expect(client.getState()).toMatchObject({ loaded: true, storage: "memory", me: { userId: "me" } });
    await client.send({ conversationId: "peer:ann", content: { kind: "text", text: "hi" } });
    expect(client.getState().conversations).toHaveLength(1);
    expect(warned).toHaveBeenCalledWith(new Error("corrupt"));
  });

  it("starts signed out where the device's store is broken", async () => {
    await leaveTraces();
    vi.spyOn(store, "loadSession").mockRejectedValue(new Error("corrupt"));
    vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const client = make();
    await client.start();
    expect(client.getState()).toMatchObject({ loaded: true, storage: "memory", connection: { status: "signedOut" } });
  });

  it("signs out and erases the account offline, too", async () => {
    await leaveTraces();
    const client = make();
    await client.start();
    await client.logout();
    expect(client.getState()).toMatchObject({ me: null, connection: { status: "signedOut" }, conversations: [] });
    expect(await store.loadSession()).toBeNull();
    expect((await (await store.openAccount("me")).load()).conversations).toEqual([]);
  });
});
