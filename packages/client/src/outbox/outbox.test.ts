import type { SendRequest, SendResponse } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { AccountStore, PendingChange } from "../store/local-store.ts";
import { makeOutgoing, memoryAccount } from "../../test/builders.ts";
import type { Call } from "../transport/link.ts";
import { Outbox } from "./outbox.ts";
import { withdrawn } from "./revisions.ts";

const LIMITS = { maxPacketBytes: 10_000 };

/** A send that has arrived and waits for what the test answers. */
interface Arrived {
  readonly request: SendRequest;
  accept(seq: number): void;
  refuse(error: ImError): void;
}

let store: AccountStore;
let tasks: TaskGroup;
let faults: unknown[];
let arrived: Arrived[];
let accepted: [string, number][];
let followed: PendingChange[];
let outbox: Outbox;

function makeOutbox(): Outbox {
  const call = ((_name: string, request: SendRequest) =>
    new Promise<SendResponse>((resolve, reject) => {
      arrived.push({
        request,
        accept: (seq) =>
          resolve({
            messageId: `m${seq}`,
            conversationId: "conversationId" in request.to ? request.to.conversationId : "real",
            seq,
            sentAt: 1,
            duplicate: false,
          }),
        refuse: reject,
      });
    })) as unknown as Call;
  return new Outbox({
    store,
    call,
    tasks,
    changed: () => undefined,
    stored: () => undefined,
    accepted: (id, seq) => accepted.push([id, seq]),
    resolve: (id) => moves.get(id) ?? id,
    follow: async (change) => {
      followed.push(change);
    },
  });
}

/** Placeholders whose conversations are there. */
const moves = new Map<string, string>();

const shown = () => outbox.messages.map(({ clientMessageId, status }) => `${clientMessageId} ${status}`);
const ids = () => arrived.map(({ request }) => request.clientMessageId);
const last = (): Arrived => arrived.at(-1)!;
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  faults = [];
  arrived = [];
  accepted = [];
  followed = [];
  moves.clear();
  tasks = new TaskGroup((error) => faults.push(error));
  store = await memoryAccount();
  outbox = makeOutbox();
});

afterEach(() => {
  outbox.disconnected();
  expect(faults).toEqual([]);
  vi.useRealTimers();
});

describe("Outbox", () => {
  it("stores a message before it shows it", async () => {
    const enqueue = vi.spyOn(store, "enqueue");
    const added = outbox.add(makeOutgoing("a"));
    expect(shown()).toEqual([]);
    await added;
    expect(enqueue).toHaveBeenCalledOnce();
    expect(shown()).toEqual(["a waiting"]);
  });

  it("shows nothing that it could not store", async () => {
    vi.spyOn(store, "enqueue").mockRejectedValueOnce(new Error("quota"));
    await expect(outbox.add(makeOutgoing("a"))).rejects.toThrow("quota");
    await outbox.add(makeOutgoing("b"));
    expect(shown()).toEqual(["b waiting"]);
  });

  it("sends what a message answers and whom it names along, also after a restart", async () => {
    await outbox.add(makeOutgoing("a", { replyTo: 3, mentions: ["ann"] }));
    const restarted = makeOutbox();
    restarted.restore((await store.load()).outgoing);
    expect(restarted.messages).toMatchObject([{ replyTo: 3, mentions: ["ann"] }]);
    restarted.connected(LIMITS);
    await pass();
    expect(last().request).toMatchObject({ clientMessageId: "a", replyTo: 3, mentions: ["ann"] });
  });

  it("sends one after the other in a conversation, and conversations beside each other", async () => {
    outbox.connected(LIMITS);
    await Promise.all([
      outbox.add(makeOutgoing("a")),
      outbox.add(makeOutgoing("b")),
      outbox.add(makeOutgoing("other", { conversationId: "c2" })),
    ]);
    await pass();
    expect(ids()).toEqual(["a", "other"]);
    expect(shown()).toEqual(["a sending", "b waiting", "other sending"]);
    arrived[0]?.accept(1);
    await pass();
    expect(ids()).toEqual(["a", "other", "b"]);
    expect(accepted).toEqual([["c1", 1]]);
  });

  it("keeps an accepted message until the timeline shows it, by entry or by position", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    await outbox.add(makeOutgoing("b"));
    last().accept(1);
    await pass();
    last().accept(2);
    await pass();
    expect(shown()).toEqual(["a sending", "b sending"]);
    outbox.delivered(["a"], []);
    expect(shown()).toEqual(["b sending"]);
    outbox.settle(() => 1);
    expect(shown()).toEqual(["b sending"]);
    outbox.settle(() => 2);
    await pass();
    expect(shown()).toEqual([]);
    expect((await store.load()).outgoing.map(({ clientMessageId }) => clientMessageId)).toEqual(["a"]);
  });

  it("does not bring a message back whose entry came before its acknowledgement", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    outbox.delivered(["a"], []);
    last().accept(1);
    await pass();
    expect(shown()).toEqual([]);
    expect(accepted).toEqual([]);
  });

  it.each([
    ["a lost connection", unavailable("network", "lost")],
    ["a missing answer", unavailable("timeout", "late")],
    ["an overloaded server", new ImError({ code: "UNAVAILABLE", message: "busy" })],
  ])("sends the same message again after %s, before the ones behind it", async (_name, error) => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    await outbox.add(makeOutgoing("b"));
    last().refuse(error);
    await pass();
    expect(shown()).toEqual(["a waiting", "b waiting"]);
    await pass(500);
    expect(ids()).toEqual(["a", "a"]);
    last().accept(1);
    await pass();
    expect(ids()).toEqual(["a", "a", "b"]);
  });

  it("waits as long as the server asks", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    last().refuse(new ImError({ code: "RATE_LIMITED", message: "slow down", retryAfterMs: 3_000 }));
    await pass(2_999);
    expect(ids()).toEqual(["a"]);
    await pass(1);
    expect(ids()).toEqual(["a", "a"]);
  });

  it("waits for the connection and goes on with it at once", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    outbox.disconnected();
    last().refuse(unavailable("network", "lost"));
    await pass(60_000);
    expect(ids()).toEqual(["a"]);
    expect(shown()).toEqual(["a waiting"]);
    outbox.connected(LIMITS);
    expect(ids()).toEqual(["a", "a"]);
  });

  it("marks what is refused for good, tells why, and lets the others pass", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    await outbox.add(makeOutgoing("b"));
    last().refuse(new ImError({ code: "BLOCKED", message: "not you" }));
    await pass();
    expect(shown()).toEqual(["a failed", "b sending"]);
    expect(outbox.messages[0]?.error).toEqual({ code: "BLOCKED", message: "not you" });
    expect((await store.load()).outgoing[0]).toMatchObject({ error: { code: "BLOCKED" } });
  });

  it("leaves messages waiting when the session has ended", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    last().refuse(new ImError({ code: "UNAUTHENTICATED", message: "over" }));
    outbox.disconnected();
    await pass(60_000);
    expect(shown()).toEqual(["a waiting"]);
    expect(ids()).toEqual(["a"]);
  });

  it("sends a failed message again on demand, at the end and under its old id", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    await outbox.add(makeOutgoing("b"));
    last().refuse(new ImError({ code: "MUTED", message: "no" }));
    await pass();
    await outbox.resend("b");
    await outbox.resend("a");
    expect(shown()).toEqual(["b sending", "a waiting"]);
    last().accept(1);
    await pass();
    expect(ids()).toEqual(["a", "b", "a"]);
    const stored = (await store.load()).outgoing;
    expect(stored.map(({ clientMessageId, error }) => [clientMessageId, error])).toEqual([
      ["b", undefined],
      ["a", undefined],
    ]);
  });

  it("forgets a discarded message, and sends what is behind it", async () => {
    await outbox.add(makeOutgoing("a"));
    await outbox.add(makeOutgoing("b"));
    await outbox.revise("a", withdrawn);
    outbox.connected(LIMITS);
    await pass();
    expect(ids()).toEqual(["b"]);
    expect((await store.load()).outgoing.map(({ clientMessageId }) => clientMessageId)).toEqual(["b"]);
  });

  it("goes on in order after a restart, with failures and acceptances as they were", async () => {
    outbox.connected(LIMITS);
    for (const id of ["a", "b", "c"]) await outbox.add(makeOutgoing(id));
    last().accept(1);
    await pass();
    last().refuse(new ImError({ code: "FORBIDDEN", message: "no" }));
    await pass();
    outbox.disconnected();
    arrived = [];

    outbox = makeOutbox();
    outbox.restore((await store.load()).outgoing);
    expect(shown()).toEqual(["a sending", "b failed", "c waiting"]);
    outbox.connected(LIMITS);
    expect(ids()).toEqual(["c"]);
  });

  it("fails what no packet can carry without sending it", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a", { content: { kind: "text", text: "语".repeat(3_000) } }));
    await pass();
    expect(ids()).toEqual([]);
    expect(outbox.messages[0]).toMatchObject({ status: "failed", error: { code: "TOO_LARGE" } });
  });

  it("sends to the user of a placeholder, and one after the other across its move", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a", { conversationId: "peer:ann" }));
    await outbox.add(makeOutgoing("b", { conversationId: "peer:ann" }));
    expect(last().request.to).toEqual({ userId: "ann" });
    moves.set("peer:ann", "real");
    outbox.moved();
    await outbox.add(makeOutgoing("c", { conversationId: "real" }));
    await pass();
    expect(ids()).toEqual(["a"]);
    last().accept(1);
    await pass();
    expect(ids()).toEqual(["a", "b"]);
    expect(last().request.to).toEqual({ conversationId: "real" });
    expect((await store.load()).outgoing.every(({ conversationId }) => conversationId === "real")).toBe(true);
  });

  it("keeps the order of what is being stored while the conversation of a placeholder is made", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a", { conversationId: "peer:ann" }));
    // Both are on their way into the store when the conversation appears, and the third is written to it.
    const storing = ["b", "c"].map((id) => outbox.add(makeOutgoing(id, { conversationId: "peer:ann" })));
    moves.set("peer:ann", "real");
    outbox.moved();
    storing.push(outbox.add(makeOutgoing("d", { conversationId: "real" })));
    await Promise.all(storing);
    for (const [index, id] of ["a", "b", "c", "d"].entries()) {
      expect(ids().at(-1)).toBe(id);
      last().accept(index + 1);
      await pass();
    }
    expect(ids()).toEqual(["a", "b", "c", "d"]);
    expect(arrived.map(({ request }) => request.to)).toEqual([
      { userId: "ann" },
      ...["b", "c", "d"].map(() => ({ conversationId: "real" })),
    ]);
  });

  it("keeps the identity of what does not change", async () => {
    outbox.connected(LIMITS);
    await outbox.add(makeOutgoing("a"));
    const before = outbox.messages;
    await outbox.add(makeOutgoing("b"));
    expect(outbox.messages[0]).toBe(before[0]);
    const after = outbox.messages;
    outbox.delivered(["unknown"], []);
    expect(outbox.messages).toBe(after);
  });
});
