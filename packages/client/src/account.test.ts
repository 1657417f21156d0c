import { describe, expect, it } from "vitest";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();

describe("sending", () => {
  it("shows a message at once and once, whether its entry or its acknowledgement comes first", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    me.account.windows.open("g");
    const seen = new Set<string>();
    const look = () => seen.add(me.texts("g").join());

    // The double pushes before it answers.
    await me.send("g", "one");
    look();
    expect(me.state.windows.get("g")?.outgoing[0]?.status).toBe("sending");
    scenario.server.after = look as () => void;
    await pass(0);
    look();
    // Here the push is lost, and the acknowledgement leads to a pull.
    scenario.server.pushing = false;
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
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    const ann = await scenario.online("ann");
    scenario.server.reachable = false;
    scenario.server.disconnect();
    for (const text of ["a", "b", "c", "d", "e"]) await me.send("g", text);
    expect(me.state.conversations[0]?.lastOutgoing).toMatchObject({ status: "waiting" });
    let sends = 0;
    scenario.server.pushing = false;
    scenario.server.after = (name) => {
      if (name === "message:send" && sends++ % 2 === 0) scenario.server.disconnect();
    };
    scenario.server.reachable = true;
    await pass(120_000);
    expect(sends).toBeGreaterThan(5);
    expect(scenario.server.messages("g").map(({ content }) => content)).toEqual(
      ["a", "b", "c", "d", "e"].map((text) => ({ kind: "text", text })),
    );
    ann.account.windows.open("g");
    await pass(0);
    expect(ann.texts("g")).toEqual(["a", "b", "c", "d", "e"]);
    expect((await me.store.load()).outgoing).toEqual([]);
  });

  it("goes on after a reload with what waited, from the cache before any network", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const before = await scenario.online("me");
    scenario.server.say("ann", "g", "hello");
    await pass(0);
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await before.send("g", "written offline");
    await before.stop();

    const me = await scenario.start("me", before.store);
    me.account.windows.open("g");
    await pass(0);
    expect(me.state.connection.status).toBe("reconnecting");
    expect(me.state.conversations[0]).toMatchObject({ conversationId: "g", unread: 1 });
    expect(me.texts("g")).toEqual(["hello", "[written offline]"]);
    scenario.server.reachable = true;
    await pass(2_000);
    expect(me.texts("g")).toEqual(["hello", "written offline"]);
  });

  it("moves everything from a placeholder to the conversation that the scenario.server makes", async () => {
    const me = await scenario.online("me");
    const placeholder = me.account.directWith("ann");
    expect(placeholder).toBe("peer:ann");
    me.account.windows.open(placeholder);
    await pass(0);
    expect(me.state.windows.get(placeholder)).toMatchObject({ messages: [], loading: "none" });
    expect(me.state.conversations).toEqual([]);
    let release: (() => void) | undefined;
    scenario.server.before = (name) =>
      name === "message:send" ? new Promise((resolve) => (release = () => resolve(undefined))) : undefined;
    await me.send(placeholder, "one");
    await me.send(placeholder, "two");
    expect(me.state.conversations).toMatchObject([
      { conversationId: placeholder, type: "direct", peerId: "ann", lastOutgoing: { content: { text: "two" } } },
    ]);
    scenario.server.before = () => undefined;
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
    const me = await scenario.online("me");
    const ann = await scenario.online("ann");
    me.account.windows.open("peer:ann");
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await me.send("peer:ann", "mine");
    scenario.server.reachable = true;
    ann.account.reconnectNow();
    await ann.send("peer:me", "hers");
    await pass(2_000);
    expect(me.texts("d ann me").toSorted()).toEqual(["hers", "mine"]);
    expect(me.state.conversations).toHaveLength(1);
  });
});

describe("reading", () => {
  it("shows a read position at once and tells the other devices when it can", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    const phone = await scenario.online("me");
    const ann = await scenario.online("ann");
    for (const text of ["a", "b", "c"]) scenario.server.say("ann", "g", text);
    await pass(0);
    expect(me.state.unreadTotal).toBe(3);
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await me.account.markRead("g", 2);
    expect(me.state.conversations[0]).toMatchObject({ readSeq: 2, unread: 1 });
    await me.account.markRead("g", 1);
    expect(me.state.unreadTotal).toBe(1);
    scenario.server.reachable = true;
    await pass(2_000);
    expect(phone.state.unreadTotal).toBe(1);
    expect(ann.state.conversations[0]?.receipts.get("me")).toBe(2);
    expect((await me.store.load()).reads).toEqual([]);
  });

  it("keeps an unsent read position over a reload, and never goes beyond the end", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const before = await scenario.online("me");
    scenario.server.say("ann", "g", "a");
    await pass(0);
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await before.account.markRead("g", 99);
    await before.stop();
    const me = await scenario.start("me", before.store);
    await pass(0);
    expect(me.state.unreadTotal).toBe(0);
    scenario.server.say("ann", "g", "b");
    scenario.server.reachable = true;
    await pass(2_000);
    expect(scenario.server.readSeq("me", "g")).toBe(1);
    expect(me.state.unreadTotal).toBe(1);
  });
});

describe("around it", () => {
  it("looks up the names that it shows, in batches and once", async () => {
    scenario.server.group("g", ["me", "ann", "bob"]);
    scenario.server.say("ann", "g", "hi");
    scenario.server.say("bob", "g", "hi");
    const me = await scenario.online("me");
    await pass(100);
    me.account.windows.open("g");
    await pass(100);
    expect([...me.state.users.keys()].toSorted()).toEqual(["ann", "bob", "me"]);
    expect(me.lookups.flat().toSorted()).toEqual(["ann", "bob"]);
  });

  it("says that the device is offline when the device says so, and comes back with it", async () => {
    const me = await scenario.online("me");
    scenario.server.reachable = false;
    me.network(false);
    await pass(60_000);
    expect(me.state.connection.status).toBe("offline");
    expect(me.state.connection).not.toHaveProperty("retryAt");
    scenario.server.reachable = true;
    me.network(true);
    await pass(0);
    expect(me.state.connection.status).toBe("online");
  });

  it("connects anew when the device has slept, for the connection may be dead without having said so", async () => {
    const me = await scenario.online("me");
    scenario.server.pushing = false;
    scenario.server.group("g", ["me", "ann"]);
    await pass(1_000);
    expect(me.state.conversations).toEqual([]);
    me.wake();
    await pass(0);
    expect(me.state.connection.status).toBe("online");
    expect(me.state.conversations.map(({ conversationId }) => conversationId)).toEqual(["g"]);
  });

  it("hears that its session has ended, and stays away", async () => {
    const me = await scenario.online("me");
    scenario.server.revoke("me");
    expect(me.signedOut).toMatchObject({ code: "UNAUTHENTICATED", details: { reason: "revoked" } });
    scenario.server.calls.length = 0;
    await pass(120_000);
    expect(scenario.server.calls).toEqual([]);
  });
});

it("tells the limits of the server that it was last connected to", async () => {
  scenario.server.group("g", ["me", "ann"]);
  const me = await scenario.online("me");
  expect(me.state.limits).toMatchObject({ maxBatch: 500 });
  expect(me.state.limits).not.toHaveProperty("recallWithinMs");
  scenario.server.recallWithinMs = 0;
  scenario.server.disconnect();
  await pass(30_000);
  expect(me.state).toMatchObject({ connection: { status: "online" }, limits: { recallWithinMs: 0 } });
  scenario.server.disconnect();
  expect(me.state.limits).toMatchObject({ recallWithinMs: 0 });
});
