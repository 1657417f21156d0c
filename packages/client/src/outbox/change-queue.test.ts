import type { Message } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { AccountStore, PendingChange } from "../store/local-store.ts";
import { makeChange, makeMessage, memoryAccount } from "../../test/builders.ts";
import type { Call } from "../transport/link.ts";
import { ChangeQueue } from "./change-queue.ts";

const LIMITS = { maxPacketBytes: 10_000 };

/** A change that has arrived and waits for what the test answers. */
interface Arrived {
  readonly what: string;
  accept(version: number): void;
  refuse(error: ImError): void;
}

let store: AccountStore;
let tasks: TaskGroup;
let faults: unknown[];
let arrived: Arrived[];
let queue: ChangeQueue;
/** What this device holds of the messages, by `seq`. */
let held: Map<number, Message>;
let expected: [string, () => boolean][];

function makeQueue(): ChangeQueue {
  const call = ((name: string, request: { seq: number; emoji?: string; on?: boolean; content?: { text: string } }) =>
    new Promise((resolve, reject) => {
      const detail = request.content?.text ?? (request.emoji && `${request.emoji}${request.on ? "+" : "-"}`) ?? "";
      arrived.push({
        what: `${name.slice(8)} ${request.seq} ${detail}`.trim(),
        accept: (version) => resolve({ version }),
        refuse: reject,
      });
    })) as unknown as Call;
  return new ChangeQueue({
    store,
    call,
    sendContact: () => Promise.reject(new Error("no contact is changed here")),
    tasks,
    changed: () => undefined,
    stored: () => undefined,
    isReading: () => false,
    held: {
      version: ({ seq }) => held.get(seq)?.version,
      storedVersion: async ({ seq }) => held.get(seq)?.version,
    },
    expect: (id, isMissing) => expected.push([id, isMissing]),
  });
}

const edit = (id: string, text: string, seq = 1) => makeChange(id, { kind: "edit", text, seq });
const react = (id: string, on: boolean, was?: boolean) =>
  makeChange(id, { kind: "react", emoji: "👍", on, ...(was !== undefined && { was }) });
const whats = () => arrived.map(({ what }) => what);
const last = (): Arrived => arrived.at(-1)!;
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const ids = (changes: readonly PendingChange[]) => changes.map(({ id }) => id);

/** Adds changes and does not wait for what the server says. */
function add(...changes: readonly PendingChange[]): Promise<void> {
  for (const change of changes) queue.add(change).catch(() => undefined);
  return pass().then(() => undefined);
}

beforeEach(async () => {
  vi.useFakeTimers();
  faults = [];
  arrived = [];
  expected = [];
  held = new Map([1, 2, 3].map((seq) => [seq, makeMessage({ seq })]));
  tasks = new TaskGroup((error) => faults.push(error));
  store = await memoryAccount();
  await store.reset("e1");
  queue = makeQueue();
});

afterEach(() => {
  queue.disconnected();
  expect(faults).toEqual([]);
  vi.useRealTimers();
});

describe("ChangeQueue", () => {
  it("stores a change before it shows it, and shows nothing that it could not store", async () => {
    const update = vi.spyOn(store, "updateChanges").mockRejectedValueOnce(new Error("quota"));
    await expect(queue.add(makeChange("a"))).rejects.toThrow("quota");
    expect(queue.changes).toEqual([]);
    const added = queue.add(makeChange("b"));
    expect(queue.changes).toEqual([]);
    await added;
    expect(update).toHaveBeenCalledTimes(2);
    expect(ids(queue.changes)).toEqual(["b"]);
  });

  it("sends one after the other in a conversation, and conversations beside each other", async () => {
    queue.connected(LIMITS);
    await add(edit("a", "A"), edit("b", "B", 2), makeChange("other", { conversationId: "c2" }));
    expect(whats()).toEqual(["edit 1 A", "recall 1"]);
    arrived[0]?.accept(2);
    await pass();
    expect(whats()).toEqual(["edit 1 A", "recall 1", "edit 2 B"]);
  });

  it("marks a change in the store before it is sent", async () => {
    await add(makeChange("a"));
    const update = store.updateChanges.bind(store);
    let release: (() => void) | undefined;
    vi.spyOn(store, "updateChanges").mockImplementationOnce(async (change) => {
      await new Promise<void>((resolve) => (release = resolve));
      return update(change);
    });
    queue.connected(LIMITS);
    await pass();
    expect(arrived).toEqual([]);
    release?.();
    await pass();
    expect(whats()).toEqual(["recall 1"]);
    expect((await store.load()).changes).toEqual([makeChange("a", { attempted: true })]);
  });

  it("leaves out what became needless before it was sent, and nothing that was sent", async () => {
    await add(edit("a", "A"), edit("b", "B"), react("on", true, false), react("off", false, true));
    expect(ids(queue.changes)).toEqual(["b"]);
    queue.connected(LIMITS);
    await pass();
    expect(whats()).toEqual(["edit 1 B"]);
    await add(edit("c", "C"));
    expect(ids(queue.changes)).toEqual(["b", "c"]);
    await add(makeChange("recall"));
    expect(ids(queue.changes)).toEqual(["b", "recall"]);
  });

  it("sends the end of a reaction whose beginning it has not held, or may be on the server", async () => {
    await add(react("on", true), react("off", false));
    expect(ids(queue.changes)).toEqual(["off"]);
    queue.connected(LIMITS);
    await pass();
    last().refuse(unavailable("network", "lost"));
    await add(react("again", true, false), react("off again", false, true));
    expect(ids(queue.changes)).toEqual(["off"]);
  });

  it("resolves when the server has it, is asked again after a loss, and keeps it until it is held", async () => {
    queue.connected(LIMITS);
    let done = false;
    tasks.run(async () => {
      await queue.add(edit("a", "A"));
      done = true;
    });
    await pass();
    last().refuse(new ImError({ code: "UNAVAILABLE", message: "busy" }));
    await pass(500);
    expect(whats()).toEqual(["edit 1 A", "edit 1 A"]);
    expect(done).toBe(false);
    last().accept(2);
    await pass();
    expect(done).toBe(true);
    const [[id, isMissing] = ["", () => false]] = expected;
    expect([id, isMissing()]).toEqual(["c1", true]);
    expect(queue.changes).toMatchObject([{ accepted: { version: 2 } }]);
    const message = makeMessage({ seq: 1, version: 2 });
    // It has come, and one copy is still behind.
    queue.settle([message]);
    await pass();
    expect(ids(queue.changes)).toEqual(["a"]);
    held.set(1, message);
    expect(isMissing()).toBe(false);
    queue.settle([message]);
    await pass();
    expect(queue.changes).toEqual([]);
    expect((await store.load()).changes).toEqual([]);
  });

  it.each([
    ["held already, as what changed nothing is", 1],
    ["of a message that is not held", 9],
  ])("forgets at once what is %s", async (_name, seq) => {
    queue.connected(LIMITS);
    await add(edit("a", "A", seq));
    last().accept(1);
    await pass();
    expect(queue.changes).toEqual([]);
    expect(expected).toEqual([]);
  });

  it("tells a refusal for good, over restarts, and lets those behind pass", async () => {
    queue.connected(LIMITS);
    const outcome = queue.add(edit("a", "A")).catch((error: unknown) => error);
    await pass();
    await add(edit("b", "B", 2));
    last().refuse(new ImError({ code: "FORBIDDEN", message: "no" }));
    expect(await outcome).toMatchObject({ code: "FORBIDDEN" });
    await pass();
    expect(whats()).toEqual(["edit 1 A", "edit 2 B"]);
    queue.disconnected();
    queue = makeQueue();
    queue.restore((await store.load()).changes);
    expect(queue.changes[0]).toMatchObject({ id: "a", error: { code: "FORBIDDEN", message: "no" } });
    await queue.dismiss("b");
    await queue.dismiss("a");
    expect(ids(queue.changes)).toEqual(["b"]);
  });

  it("keeps no text for a message that is recalled, by its sender or by another", async () => {
    queue.connected(LIMITS);
    await add(edit("refused", "A"));
    last().refuse(new ImError({ code: "FORBIDDEN", message: "too late" }));
    await pass();
    await add(edit("other", "B", 2));
    last().refuse(new ImError({ code: "FORBIDDEN", message: "too late" }));
    await pass();
    expect(ids(queue.changes)).toEqual(["refused", "other"]);
    await add(makeChange("recall"));
    expect(ids(queue.changes)).toEqual(["other", "recall"]);
    queue.settle([makeMessage({ seq: 2, version: 2, recalledAt: 5, content: { kind: "text", text: "" } })]);
    await pass();
    expect(ids(queue.changes)).toEqual(["recall"]);
    expect(ids((await store.load()).changes)).toEqual(["recall"]);
  });

  it("drops a text that was refused while the recall waited behind it", async () => {
    queue.connected(LIMITS);
    await add(edit("a", "A", 9));
    await add(makeChange("recall", { seq: 9 }));
    last().refuse(new ImError({ code: "FORBIDDEN", message: "too late" }));
    await pass();
    expect(ids(queue.changes)).toEqual(["a", "recall"]);
    last().accept(3);
    await pass();
    queue.settle([makeMessage({ seq: 9, version: 3, recalledAt: 5, content: { kind: "text", text: "" } })]);
    await pass();
    expect((await store.load()).changes).toEqual([]);
  });

  it("goes on in order after a restart, and forgets what is held by then", async () => {
    await store.updateChanges(() => [
      edit("held", "A"),
      { ...edit("accepted", "B"), accepted: { version: 1 } },
      { ...edit("awaited", "C"), accepted: { version: 2 } },
      { ...edit("attempted", "D"), attempted: true },
    ]);
    queue.restore((await store.load()).changes);
    await pass();
    expect(ids(queue.changes)).toEqual(["held", "awaited", "attempted"]);
    queue.connected(LIMITS);
    await pass();
    last().accept(3);
    await pass();
    expect(whats()).toEqual(["edit 1 A", "edit 1 D"]);
  });

  it("does not send what another program has made needless", async () => {
    await add(edit("a", "A"));
    await store.updateChanges(() => [edit("b", "B")]);
    queue.connected(LIMITS);
    await pass();
    expect(whats()).toEqual(["edit 1 B"]);
  });

  it("resolves with the connection lost, and waits for the session", async () => {
    queue.connected(LIMITS);
    let done = false;
    tasks.run(async () => {
      await queue.add(edit("a", "A"));
      done = true;
    });
    await pass();
    queue.disconnected();
    last().refuse(new ImError({ code: "UNAUTHENTICATED", message: "over" }));
    await pass(60_000);
    expect(done).toBe(true);
    expect(whats()).toEqual(["edit 1 A"]);
    expect(queue.changes[0]?.error).toBeUndefined();
  });

  it("fails what no packet can carry without sending it", async () => {
    queue.connected(LIMITS);
    await expect(queue.add(edit("a", "语".repeat(3_000)))).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(arrived).toEqual([]);
  });

  it("fails all in another life of the database, as the store does", async () => {
    await add(edit("a", "A"), { ...edit("b", "B", 2), accepted: { version: 5 } });
    await store.reset("e2");
    queue.reset();
    expect(queue.changes).toEqual((await store.load()).changes);
    expect(queue.changes.every(({ error, accepted }) => error?.code === "NOT_FOUND" && !accepted)).toBe(true);
    queue.connected(LIMITS);
    await pass();
    expect(arrived).toEqual([]);
  });

  it("queues what a message owed once, whoever finds it", async () => {
    await Promise.all([queue.follow(edit("m/edit", "A")), queue.follow(edit("m/edit", "A"))]);
    expect(ids(queue.changes)).toEqual(["m/edit"]);
    expect(ids((await store.load()).changes)).toEqual(["m/edit"]);
  });
});
