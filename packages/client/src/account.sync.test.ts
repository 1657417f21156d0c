import { PULL_INTERVAL_MS } from "@im-webapp/protocol";
import { describe, expect, it, vi } from "vitest";
import { ImError, unavailable } from "./errors.ts";
import { makeUser } from "../test/builders.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();

describe("catching up", () => {
  it("asks for the list in pages, then lives on pushes", async () => {
    for (let index = 0; index < 25; index += 1) scenario.server.group(`g${index}`, ["me", "ann"]);
    scenario.server.listPage = 10;
    const me = await scenario.offline("me");
    me.account.connect("me");
    expect(me.state.connection.status).toBe("connecting");
    await pass(0);
    expect(me.state.connection.status).toBe("online");
    expect(scenario.server.count("sync:bootstrap")).toBe(3);
    expect(me.state.conversations).toHaveLength(25);
    const pulls = scenario.server.count("sync:pull");
    scenario.server.say("ann", "g7", "hello");
    await pass(0);
    expect(me.state.conversations[0]).toMatchObject({ conversationId: "g7", lastSeq: 1, unread: 1 });
    expect(me.state.unreadTotal).toBe(1);
    expect(scenario.server.count("sync:pull")).toBe(pulls);
  });

  it("pulls what it missed while it was away, and nothing that it has", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.disconnect();
    expect(me.state.connection.status).toBe("reconnecting");
    for (let index = 0; index < 1_200; index += 1) scenario.server.say("ann", "g", `m${index}`);
    scenario.server.calls.length = 0;
    await pass(500);
    expect(me.state.connection.status).toBe("online");
    expect(scenario.server.count("sync:bootstrap")).toBe(0);
    expect(scenario.server.calls.filter(({ name }) => name === "sync:pull").map(({ request }) => request)).toEqual([
      { cursor: 1, limit: 500 },
      { cursor: 501, limit: 500 },
      { cursor: 1_001, limit: 500 },
    ]);
    expect(me.state.conversations[0]).toMatchObject({ lastSeq: 1_200, unread: 1_200 });
  });

  it("asks for its own user anew when that has changed, again after a failure, and not for others", async () => {
    const me = await scenario.online("me");
    const before = me.refreshes;
    scenario.server.changeProfile("me", makeUser("ann", "Anna"));
    await pass(0);
    expect(me.refreshes).toBe(before);
    scenario.server.changeProfile("me", makeUser("me", "Me anew"));
    await pass(0);
    expect(me.refreshes).toBe(before + 1);
    // Nothing came of it.
    scenario.server.disconnect();
    await pass(2_000);
    expect(me.state.connection.status).toBe("online");
    expect(me.refreshes).toBe(before + 2);
    me.account.own.use(makeUser("me", "Me anew"));
    scenario.server.disconnect();
    await pass(2_000);
    expect(me.refreshes).toBe(before + 2);
  });

  it("says that it is syncing until nothing is missing", async () => {
    let release: (() => void) | undefined;
    scenario.server.before = (name) =>
      name === "sync:pull" ? new Promise((resolve) => (release = () => resolve(undefined))) : undefined;
    const me = await scenario.start("me");
    await pass(0);
    expect(me.state.connection.status).toBe("syncing");
    release?.();
    await pass(0);
    expect(me.state.connection.status).toBe("online");
    scenario.server.before = () => undefined;
  });

  it("pulls after a push was lost: 100 ms after the next one shows the hole", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "arrives");
    await pass(99);
    expect(me.state.conversations[0]?.lastSeq).toBe(0);
    await pass(1);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
  });

  it("pulls after 60 s without a push, and when somebody looks again", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "one");
    await pass(PULL_INTERVAL_MS - 1);
    expect(me.state.conversations[0]?.lastSeq).toBe(0);
    await pass(1);
    expect(me.state.conversations[0]?.lastSeq).toBe(1);
    scenario.server.say("ann", "g", "two");
    await pass(1_000);
    me.focus();
    await pass(0);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
  });

  it("starts anew from the list when its cursor has expired, without what it cached", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.say("ann", "g", "old text");
    await pass(0);
    scenario.server.disconnect();
    scenario.server.edit("g", 1, "new text");
    scenario.server.past("g", "ann", 30);
    scenario.server.trimmed.set("me", 3);
    await pass(500);
    expect(me.state.connection.status).toBe("online");
    expect(me.state.conversations[0]).toMatchObject({ lastSeq: 31, unread: 31 });
    expect((await me.store.messages("g", 100)).messages).toEqual([]);
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")[0]).toBe("new text");
  });

  it("starts anew in another epoch, keeping what waits to be sent", async () => {
    const me = await scenario.online("me");
    await me.send("peer:ann", "before");
    await pass(0);
    expect(me.state.conversations.map(({ conversationId }) => conversationId)).toEqual(["d ann me"]);
    me.account.windows.open("d ann me");
    scenario.server.reachable = false;
    scenario.server.disconnect();
    await me.send("d ann me", "after");
    scenario.server.restoreEmpty("e2");
    scenario.server.reachable = true;
    await pass(1_000);
    expect(me.state.connection.status).toBe("online");
    expect(scenario.server.messages("d ann me").map(({ content }) => content)).toEqual([
      { kind: "text", text: "after" },
    ]);
    expect(me.texts("d ann me")).toEqual(["after"]);
    expect((await me.store.load()).position.epoch).toBe("e2");
  });

  it("asks for the list again when messages come for a conversation that it does not know", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.unannounced("u", ["me", "ann"]);
    scenario.server.say("ann", "g", "known");
    scenario.server.say("ann", "u", "unknown");
    await pass(200);
    const positions = me.state.conversations.map(({ conversationId, lastSeq }) => [conversationId, lastSeq] as const);
    expect(new Map(positions)).toEqual(
      new Map([
        ["g", 1],
        ["u", 1],
      ]),
    );
    expect((await me.store.messages("g", 10)).messages).toHaveLength(1);
  });

  it("tries again when the scenario.server refuses for now, and when the local store fails", async () => {
    scenario.server.group("g", ["me", "ann"]);
    let refusals = 2;
    scenario.server.before = (name) => {
      if (name === "sync:pull" && refusals-- > 0) {
        throw new ImError({ code: "UNAVAILABLE", message: "busy", retryAfterMs: 700 });
      }
    };
    const me = await scenario.start("me");
    await pass(1_399);
    expect(me.state.connection.status).toBe("syncing");
    await pass(1);
    expect(me.state.connection.status).toBe("online");

    vi.spyOn(me.store, "commit").mockRejectedValueOnce(new Error("quota"));
    scenario.server.say("ann", "g", "one");
    scenario.server.say("ann", "g", "two");
    await pass(1_000);
    expect(me.state.conversations[0]?.lastSeq).toBe(2);
    me.faults.splice(0);
  });

  it("gives up a connection that does not answer", async () => {
    const me = await scenario.start("me");
    await pass(0);
    scenario.server.before = (name) => {
      if (name === "sync:pull") throw unavailable("timeout", "no answer");
    };
    await pass(PULL_INTERVAL_MS);
    expect(me.state.connection).toMatchObject({ status: "reconnecting", error: { details: { reason: "timeout" } } });
    scenario.server.before = () => undefined;
    await pass(500);
    expect(me.state.connection.status).toBe("online");
  });

  it("acknowledges what it has stored, seldom", async () => {
    scenario.server.group("g", ["me", "ann"]);
    await scenario.online("me");
    for (let index = 0; index < 50; index += 1) {
      scenario.server.say("ann", "g", `m${index}`);
      await pass(200);
    }
    await pass(10_000);
    const acks = scenario.server.calls.filter(({ name }) => name === "sync:ack").map(({ request }) => request);
    expect(acks.length).toBeLessThanOrEqual(4);
    expect(acks.at(-1)).toEqual({ cursor: 51 });
  });
});
