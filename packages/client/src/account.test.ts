import { PULL_INTERVAL_MS } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ImError, unavailable } from "./errors.ts";
import { AccountUnderTest } from "./testing/account-under-test.ts";
import { FakeServer } from "./testing/fake-server.ts";

let server: FakeServer;
const running: AccountUnderTest[] = [];

async function start(userId: string, store?: AccountUnderTest["store"]): Promise<AccountUnderTest> {
  const account = await AccountUnderTest.start(server, userId, store);
  running.push(account);
  return account;
}

async function online(userId: string, store?: AccountUnderTest["store"]): Promise<AccountUnderTest> {
  const account = await start(userId, store);
  await pass(0);
  expect(account.state.connection.status).toBe("online");
  return account;
}

/** Lets timers up to `ms` milliseconds from now fire, with what they cause. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(async () => {
  for (const account of running.splice(0)) {
    // oxlint-disable-next-line no-await-in-loop
    await account.stop();
    expect(account.faults).toEqual([]);
  }
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("catching up", () => {
  it("asks for the list in pages, then lives on pushes", async () => {
    for (let index = 0; index < 25; index += 1) server.group(`g${index}`, ["me", "ann"]);
    server.listPage = 10;
    const me = await AccountUnderTest.offline(server, "me");
    running.push(me);
    me.account.connect("me");
    expect(me.state.connection.status).toBe("connecting");
    await pass(0);
    expect(me.state.connection.status).toBe("online");
    expect(server.count("sync:bootstrap")).toBe(3);
    expect(me.state.conversations).toHaveLength(25);
    const pulls = server.count("sync:pull");
    server.say("ann", "g7", "hello");
    await pass(0);
    expect(me.state.conversations[0]).toMatchObject({ conversationId: "g7", lastSeq: 1, unread: 1 });
    expect(me.state.unreadTotal).toBe(1);
    expect(server.count("sync:pull")).toBe(pulls);
  });

  it("pulls what it missed while it was away, and nothing that it has", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    server.disconnect();
    expect(me.state.connection.status).toBe("reconnecting");
    for (let index = 0; index < 1_200; index += 1) server.say("ann", "g", `m${index}`);
    server.calls.length = 0;
    await pass(500);
    expect(me.state.connection.status).toBe("online");
    expect(server.count("sync:bootstrap")).toBe(0);
    expect(server.calls.filter(({ name }) => name === "sync:pull").map(({ request }) => request)).toEqual([
      { cursor: 1, limit: 500 },
      { cursor: 501, limit: 500 },
      { cursor: 1_001, limit: 500 },
    ]);
    expect(me.state.conversations[0]).toMatchObject({ lastSeq: 1_200, unread: 1_200 });
  });

  it("says that it is syncing until nothing is missing", async () => {
    let release: (() => void) | undefined;
    server.before = (name) =>
      name === "sync:pull" ? new Promise((resolve) => (release = () => resolve(undefined))) : undefined;
    const me = await start("me");
    await pass(0);
    expect(me.state.connection.status).toBe("syncing");
    release?.();
    await pass(0);
    expect(me.state.connection.status).toBe("online");
    server.before = () => undefined;
  });

  it("pulls after a push was lost: 100 ms after the next one shows the hole", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    server.pushing = false;
    server.say("ann", "g", "lost");
    server.pushing = true;
    server.say("ann", "g", "arrives");
    await pass(99);
    expect(me.state.conversations[0]?.lastSeq).toBe(0);
    await pass(1);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
  });

  it("pulls after 60 s without a push, and when somebody looks again", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    server.pushing = false;
    server.say("ann", "g", "one");
    await pass(PULL_INTERVAL_MS - 1);
    expect(me.state.conversations[0]?.lastSeq).toBe(0);
    await pass(1);
    expect(me.state.conversations[0]?.lastSeq).toBe(1);
    server.say("ann", "g", "two");
    await pass(1_000);
    me.focus();
    await pass(0);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
  });

  it("starts anew from the list when its cursor has expired, without what it cached", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    server.say("ann", "g", "old text");
    await pass(0);
    server.disconnect();
    server.edit("g", 1, "new text");
    server.past("g", "ann", 30);
    server.trimmed.set("me", 3);
    await pass(500);
    expect(me.state.connection.status).toBe("online");
    expect(me.state.conversations[0]).toMatchObject({ lastSeq: 31, unread: 31 });
    expect((await me.store.messages("g", 100)).messages).toEqual([]);
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")[0]).toBe("new text");
  });

  it("starts anew in another epoch, keeping what waits to be sent", async () => {
    const me = await online("me");
    await me.send("peer:ann", "before");
    await pass(0);
    expect(me.state.conversations.map(({ conversationId }) => conversationId)).toEqual(["d ann me"]);
    me.account.windows.open("d ann me");
    server.reachable = false;
    server.disconnect();
    await me.send("d ann me", "after");
    server.restoreEmpty("e2");
    server.reachable = true;
    await pass(1_000);
    expect(me.state.connection.status).toBe("online");
    expect(server.messages("d ann me").map(({ content }) => content)).toEqual([{ kind: "text", text: "after" }]);
    expect(me.texts("d ann me")).toEqual(["after"]);
    expect((await me.store.load()).position.epoch).toBe("e2");
  });

  it("asks for the list again when messages come for a conversation that it does not know", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    server.unannounced("u", ["me", "ann"]);
    server.say("ann", "g", "known");
    server.say("ann", "u", "unknown");
    await pass(200);
    expect(me.state.conversations.map(({ conversationId, lastSeq }) => [conversationId, lastSeq]).toSorted()).toEqual([
      ["g", 1],
      ["u", 1],
    ]);
    expect((await me.store.messages("g", 10)).messages).toHaveLength(1);
  });

  it("tries again when the server refuses for now, and when the local store fails", async () => {
    server.group("g", ["me", "ann"]);
    let refusals = 2;
    server.before = (name) => {
      if (name === "sync:pull" && refusals-- > 0) {
        throw new ImError({ code: "UNAVAILABLE", message: "busy", retryAfterMs: 700 });
      }
    };
    const me = await start("me");
    await pass(1_399);
    expect(me.state.connection.status).toBe("syncing");
    await pass(1);
    expect(me.state.connection.status).toBe("online");

    vi.spyOn(me.store, "commit").mockRejectedValueOnce(new Error("quota"));
    server.say("ann", "g", "one");
    server.say("ann", "g", "two");
    await pass(1_000);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
    me.faults.splice(0);
  });

  it("gives up a connection that does not answer", async () => {
    const me = await start("me");
    await pass(0);
    server.before = (name) => {
      if (name === "sync:pull") throw unavailable("timeout", "no answer");
    };
    await pass(PULL_INTERVAL_MS);
    expect(me.state.connection).toMatchObject({ status: "reconnecting", error: { details: { reason: "timeout" } } });
    server.before = () => undefined;
    await pass(500);
    expect(me.state.connection.status).toBe("online");
  });

  it("acknowledges what it has stored, seldom", async () => {
    server.group("g", ["me", "ann"]);
    await online("me");
    for (let index = 0; index < 50; index += 1) {
      server.say("ann", "g", `m${index}`);
      // oxlint-disable-next-line no-await-in-loop
      await pass(200);
    }
    await pass(10_000);
    const acks = server.calls.filter(({ name }) => name === "sync:ack").map(({ request }) => request);
    expect(acks.length).toBeLessThanOrEqual(4);
    expect(acks.at(-1)).toEqual({ cursor: 51 });
  });
});

describe("sending", () => {
  it("shows a message at once and once, whether its entry or its acknowledgement comes first", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    me.account.windows.open("g");
    const seen = new Set<string>();
    const look = () => seen.add(me.texts("g").join());

    // The double pushes before it answers.
    await me.send("g", "one");
    look();
    expect(me.state.windows.get("g")?.outgoing[0]?.status).toBe("sending");
    server.after = look as () => void;
    await pass(0);
    look();
    // Here the push is lost, and the acknowledgement leads to a pull.
    server.pushing = false;
    await me.send("g", "two");
    look();
    await pass(999);
    look();
    expect(me.state.windows.get("g")?.outgoing[0]?.status).toBe("sending");
    await pass(1);
    look();
    expect([...seen]).toEqual(["[one]", "one", "one,[two]", "one,two"]);
    expect((await me.store.load()).outgoing).toEqual([]);
    expect(me.state.conversations[0]).toMatchObject({ unread: 0, readSeq: 2 });
  });

  it("sends what was written offline in that order, each once, though answers get lost", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    const ann = await online("ann");
    server.reachable = false;
    server.disconnect();
    for (const text of ["a", "b", "c", "d", "e"]) await me.send("g", text);
    expect(me.state.conversations[0]?.lastOutgoing).toMatchObject({ status: "waiting" });
    let sends = 0;
    server.pushing = false;
    server.after = (name) => {
      if (name === "message:send" && sends++ % 2 === 0) server.disconnect();
    };
    server.reachable = true;
    await pass(120_000);
    expect(sends).toBeGreaterThan(5);
    expect(server.messages("g").map(({ content }) => content)).toEqual(
      ["a", "b", "c", "d", "e"].map((text) => ({ kind: "text", text })),
    );
    ann.account.windows.open("g");
    await pass(0);
    expect(ann.texts("g")).toEqual(["a", "b", "c", "d", "e"]);
    expect((await me.store.load()).outgoing).toEqual([]);
  });

  it("goes on after a reload with what waited, from the cache before any network", async () => {
    server.group("g", ["me", "ann"]);
    const before = await online("me");
    server.say("ann", "g", "hello");
    await pass(0);
    server.reachable = false;
    server.disconnect();
    await before.send("g", "written offline");
    await before.stop();

    const me = await start("me", before.store);
    me.account.windows.open("g");
    await pass(0);
    expect(me.state.connection.status).toBe("reconnecting");
    expect(me.state.conversations[0]).toMatchObject({ conversationId: "g", unread: 1 });
    expect(me.texts("g")).toEqual(["hello", "[written offline]"]);
    server.reachable = true;
    await pass(2_000);
    expect(me.texts("g")).toEqual(["hello", "written offline"]);
  });

  it("moves everything from a placeholder to the conversation that the server makes", async () => {
    const me = await online("me");
    const placeholder = me.account.directWith("ann");
    expect(placeholder).toBe("peer:ann");
    me.account.windows.open(placeholder);
    await pass(0);
    expect(me.state.windows.get(placeholder)).toMatchObject({ messages: [], loading: "none" });
    expect(me.state.conversations).toEqual([]);
    let release: (() => void) | undefined;
    server.before = (name) =>
      name === "message:send" ? new Promise((resolve) => (release = () => resolve(undefined))) : undefined;
    await me.send(placeholder, "one");
    await me.send(placeholder, "two");
    expect(me.state.conversations).toMatchObject([
      { conversationId: placeholder, type: "direct", peerId: "ann", lastOutgoing: { content: { text: "two" } } },
    ]);
    server.before = () => undefined;
    release?.();
    await pass(0);
    expect(me.account.resolve(placeholder)).toBe("d ann me");
    expect(me.state.conversations.map(({ conversationId }) => conversationId)).toEqual(["d ann me"]);
    expect([...me.state.windows.keys()]).toEqual(["d ann me"]);
    expect(me.texts("d ann me")).toEqual(["one", "two"]);
    await me.send(placeholder, "three");
    await pass(0);
    expect(me.texts("d ann me")).toEqual(["one", "two", "three"]);
    me.account.windows.close("d ann me");
    expect(me.state.windows.size).toBe(0);
  });

  it("follows a direct conversation that the other side has made meanwhile", async () => {
    const me = await online("me");
    const ann = await online("ann");
    me.account.windows.open("peer:ann");
    server.reachable = false;
    server.disconnect();
    await me.send("peer:ann", "mine");
    server.reachable = true;
    ann.account.reconnectNow();
    await ann.send("peer:me", "hers");
    await pass(2_000);
    expect(me.texts("d ann me").toSorted()).toEqual(["hers", "mine"]);
    expect(me.state.conversations).toHaveLength(1);
  });
});

describe("reading", () => {
  it("shows a read position at once and tells the other devices when it can", async () => {
    server.group("g", ["me", "ann"]);
    const me = await online("me");
    const phone = await online("me");
    const ann = await online("ann");
    for (const text of ["a", "b", "c"]) server.say("ann", "g", text);
    await pass(0);
    expect(me.state.unreadTotal).toBe(3);
    server.reachable = false;
    server.disconnect();
    await me.account.markRead("g", 2);
    expect(me.state.conversations[0]).toMatchObject({ readSeq: 2, unread: 1 });
    await me.account.markRead("g", 1);
    expect(me.state.unreadTotal).toBe(1);
    server.reachable = true;
    await pass(2_000);
    expect(phone.state.unreadTotal).toBe(1);
    expect(ann.state.conversations[0]?.receipts.get("me")).toBe(2);
    expect((await me.store.load()).reads).toEqual([]);
  });

  it("keeps an unsent read position over a reload, and never goes beyond the end", async () => {
    server.group("g", ["me", "ann"]);
    const before = await online("me");
    server.say("ann", "g", "a");
    await pass(0);
    server.reachable = false;
    server.disconnect();
    await before.account.markRead("g", 99);
    await before.stop();
    const me = await start("me", before.store);
    await pass(0);
    expect(me.state.unreadTotal).toBe(0);
    server.say("ann", "g", "b");
    server.reachable = true;
    await pass(2_000);
    expect(server.readSeq("me", "g")).toBe(1);
    expect(me.state.unreadTotal).toBe(1);
  });
});

describe("around it", () => {
  it("looks up the names that it shows, in batches and once", async () => {
    server.group("g", ["me", "ann", "bob"]);
    server.say("ann", "g", "hi");
    server.say("bob", "g", "hi");
    const me = await online("me");
    await pass(100);
    me.account.windows.open("g");
    await pass(100);
    expect([...me.state.users.keys()].toSorted()).toEqual(["ann", "bob", "me"]);
    expect(me.lookups.flat().toSorted()).toEqual(["ann", "bob"]);
  });

  it("says that the device is offline when the device says so, and comes back with it", async () => {
    const me = await online("me");
    server.reachable = false;
    me.network(false);
    await pass(60_000);
    expect(me.state.connection.status).toBe("offline");
    expect(me.state.connection).not.toHaveProperty("retryAt");
    server.reachable = true;
    me.network(true);
    await pass(0);
    expect(me.state.connection.status).toBe("online");
  });

  it("hears that its session has ended, and stays away", async () => {
    const me = await online("me");
    server.revoke("me");
    expect(me.signedOut).toMatchObject({ code: "UNAUTHENTICATED", details: { reason: "revoked" } });
    server.calls.length = 0;
    await pass(120_000);
    expect(server.calls).toEqual([]);
  });
});
