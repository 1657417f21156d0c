import type { ReadRequest } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import { memoryAccount } from "../../test/builders.ts";
import type { Call } from "../transport/link.ts";
import { ReadMarks } from "./read-marks.ts";

let store: AccountStore;
let told: ReadRequest[];
let answer: () => Promise<unknown>;
let reads: ReadMarks;
let faults: unknown[];

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  told = [];
  faults = [];
  answer = () => Promise.resolve({});
  store = await memoryAccount();
  const call = ((_name: string, request: ReadRequest) => {
    told.push(request);
    return answer();
  }) as Call;
  const tasks = new TaskGroup((error) => faults.push(error));
  reads = new ReadMarks({ store, call, tasks, changed: () => undefined, stored: () => undefined });
});

afterEach(() => {
  reads.disconnected();
  expect(faults).toEqual([]);
  vi.useRealTimers();
});

describe("ReadMarks", () => {
  it("keeps a position, here and in the store, until the timeline shows it", async () => {
    await reads.mark("c1", 3);
    expect(reads.pending).toEqual(new Map([["c1", 3]]));
    expect((await store.load()).reads).toEqual([{ conversationId: "c1", seq: 3 }]);
    reads.connected();
    await pass();
    expect(reads.pending.size).toBe(1);
    reads.settle(() => 2);
    expect(reads.pending.size).toBe(1);
    reads.settle(() => 3);
    await pass();
    expect(reads.pending.size).toBe(0);
    expect((await store.load()).reads).toEqual([]);
  });

  it("tells only the newest position of what was read meanwhile, and each once", async () => {
    let release: (() => void) | undefined;
    answer = () => new Promise((resolve) => (release = () => resolve({})));
    reads.connected();
    for (const seq of [1, 2, 5, 4]) await reads.mark("c1", seq);
    expect(told).toEqual([{ conversationId: "c1", seq: 1 }]);
    release?.();
    await pass();
    expect(told.at(-1)).toEqual({ conversationId: "c1", seq: 5 });
    release?.();
    await pass(60_000);
    expect(told).toHaveLength(2);
  });

  it("tells again what may not have arrived", async () => {
    answer = () => Promise.reject(unavailable("timeout", "late"));
    reads.connected();
    await reads.mark("c1", 2);
    await pass();
    answer = () => Promise.resolve({});
    await pass(500);
    expect(told).toHaveLength(2);
    reads.disconnected();
    reads.connected();
    await pass();
    expect(told).toHaveLength(3);
  });

  it("drops a position that the server refuses for good", async () => {
    answer = () => Promise.reject(new ImError({ code: "NOT_MEMBER", message: "left" }));
    reads.connected();
    await reads.mark("c1", 2);
    await pass();
    expect(reads.pending.size).toBe(0);
    expect((await store.load()).reads).toEqual([]);
  });

  it("goes on after a restart", async () => {
    reads.restore([{ conversationId: "c1", seq: 7 }]);
    await reads.mark("c1", 6);
    reads.connected();
    await pass();
    expect(told).toEqual([{ conversationId: "c1", seq: 7 }]);
  });
});
