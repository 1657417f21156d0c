import type { HistoryRequest, HistoryResponse, Message } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import { makeMessage, memoryAccount } from "../../test/builders.ts";
import { TimelineStore } from "../sync/timeline-store.ts";
import { WINDOW_PAGE } from "./stretch.ts";
import { PageReader } from "./page-reader.ts";
import { Windows } from "./windows.ts";

let store: AccountStore;
let timeline: TimelineStore;
let windows: Windows;
let faults: unknown[];
let asked: HistoryRequest[];
/** What the server has of "c1", and the timeline's newest position of it. */
let server: Message[];
let lastSeq: number | undefined;
let answer: (request: HistoryRequest) => Promise<HistoryResponse>;

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const range = (first: number, end: number) =>
  Array.from({ length: end - first + 1 }, (_, index) => makeMessage({ seq: first + index }));
const view = () => windows.views.get("c1")!;
const seqs = () => view().messages.map(({ seq }) => seq);
const span = () => [seqs()[0], seqs().at(-1), seqs().length];

/** A message comes by the timeline: stored first, then told. */
async function arrive(messages: readonly Message[], updates: readonly Message[] = []): Promise<void> {
  await store.putMessages("c1", messages);
  lastSeq = Math.max(lastSeq ?? 0, ...messages.map(({ seq }) => seq));
  windows.apply({ messages, updates });
}

beforeEach(async () => {
  vi.useFakeTimers();
  faults = [];
  asked = [];
  server = [];
  lastSeq = undefined;
  store = await memoryAccount();
  answer = async ({ before, limit = 50 }) => {
    const below = server.filter(({ seq }) => seq < (before ?? Infinity));
    const messages = below.slice(-limit);
    return { messages, more: { before: below.length > messages.length, after: false } };
  };
  timeline = new TimelineStore({ self: "me", store, stored: () => undefined, dropped: () => undefined });
  const reader = new PageReader({
    timeline,
    history: (request) => {
      asked.push(request);
      return answer(request);
    },
  });
  windows = new Windows(
    { store, reader, lastSeq: () => lastSeq },
    new TaskGroup((error) => faults.push(error)),
    () => undefined,
  );
  windows.start();
});

afterEach(() => {
  windows.stop();
  expect(faults).toEqual([]);
  vi.useRealTimers();
});

describe("opening a conversation", () => {
  it("shows the cached last page without asking anybody when it reaches the newest message", async () => {
    await store.putMessages("c1", range(1, 120));
    lastSeq = 120;
    windows.open("c1");
    expect(view()).toMatchObject({ loading: "first", messages: [] });
    await pass();
    expect(span()).toEqual([71, 120, WINDOW_PAGE]);
    expect(view()).toMatchObject({ loading: "none", more: { before: true, after: false } });
    windows.reachable("online");
    await pass(1_000);
    expect(asked).toEqual([]);
  });

  it("asks the server for what the cache lacks, keeps it, and joins the two", async () => {
    server = range(1, 130);
    await store.putMessages("c1", range(60, 100));
    lastSeq = 130;
    windows.open("c1");
    await pass();
    expect(span()).toEqual([60, 100, 41]);
    expect(view().more.after).toBe(true);
    windows.reachable("online");
    await pass();
    expect(span()).toEqual([60, 130, 71]);
    expect(view()).toMatchObject({ loading: "none", more: { before: true, after: false } });
    expect((await store.messages("c1", 200)).messages).toHaveLength(71);
  });

  it("shows the newest page where the cache ends too far below it", async () => {
    server = range(1, 500);
    await store.putMessages("c1", range(1, 30));
    lastSeq = 500;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    expect(span()).toEqual([451, 500, 50]);
  });

  it("fills a short page up", async () => {
    server = range(1, 200);
    await store.putMessages("c1", range(198, 200));
    lastSeq = 200;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    expect(span()).toEqual([148, 200, 53]);
    expect(asked).toEqual([{ conversationId: "c1", before: 198, limit: 50 }]);
  });

  it("shows only what follows a hole in the cache", async () => {
    server = range(1, 60);
    await store.putMessages("c1", [...range(1, 5), ...range(50, 60)]);
    lastSeq = 60;
    windows.open("c1");
    await pass();
    expect(span()).toEqual([50, 60, 11]);
    windows.reachable("online");
    await windows.loadBefore("c1");
    await pass();
    expect(span()).toEqual([1, 60, 60]);
    expect(view().more.before).toBe(false);
  });

  it("is loading while it is open whether the server can be reached, and failed when it cannot", async () => {
    lastSeq = 5;
    windows.open("c1");
    await pass();
    expect(view()).toMatchObject({ loading: "first", messages: [] });
    windows.reachable("offline");
    await pass();
    expect(view()).toMatchObject({ loading: "none", error: { code: "UNAVAILABLE" } });
    server = range(1, 5);
    windows.reachable("online");
    await pass();
    expect(span()).toEqual([1, 5, 5]);
    expect(view()).not.toHaveProperty("error");
  });

  it("asks for a conversation that the timeline does not know yet, and says so when nobody does", async () => {
    answer = () => Promise.reject(new ImError({ code: "NOT_FOUND", message: "unknown" }));
    windows.reachable("online");
    windows.open("c1");
    await pass();
    expect(view()).toMatchObject({ loading: "none", error: { code: "NOT_FOUND" } });
  });

  it("is there until it is closed as often as it was opened", async () => {
    windows.open("c1");
    windows.open("c1");
    windows.close("c1");
    expect(windows.has("c1")).toBe(true);
    windows.close("c1");
    windows.close("c1");
    expect(windows.views.size).toBe(0);
    await pass();
  });
});

describe("a window", () => {
  it("takes what the timeline brings", async () => {
    await store.putMessages("c1", range(1, 3));
    lastSeq = 3;
    windows.open("c1");
    await pass();
    await arrive(range(4, 5), [makeMessage({ seq: 2, version: 2 })]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    expect(view().messages[1]?.version).toBe(2);
  });

  it("fills a hole that does not close by itself within 100 ms", async () => {
    server = range(1, 8);
    await store.putMessages("c1", range(1, 3));
    lastSeq = 3;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    await arrive([makeMessage({ seq: 8 })]);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(view().more.after).toBe(true);
    await pass(99);
    expect(asked).toEqual([]);
    await pass(1);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(view().more.after).toBe(false);
  });

  it("keeps a change that overtakes the server's older answer, here and in the cache", async () => {
    server = range(1, 3);
    lastSeq = 3;
    let release: (() => void) | undefined;
    const give = answer;
    answer = async (request) => {
      const old = await give(request);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return old;
    };
    windows.reachable("online");
    windows.open("c1");
    await pass();
    const edited = makeMessage({ seq: 2, version: 2 });
    timeline.readings.noticed([edited]);
    windows.apply({ messages: [], updates: [edited] });
    release?.();
    await pass();
    expect(view().messages[1]).toEqual(edited);
    expect((await store.messages("c1", 10)).messages[1]).toEqual(edited);
  });

  it("does not fill the cache from an answer that came after everything was dropped", async () => {
    server = range(1, 3);
    lastSeq = 3;
    const releases: (() => void)[] = [];
    const give = answer;
    answer = async (request) => {
      const given = await give(request);
      await new Promise<void>((resolve) => releases.push(resolve));
      return given;
    };
    windows.reachable("online");
    windows.open("c1");
    await pass();
    timeline.readings.drop();
    windows.reset();
    releases[0]?.();
    await pass();
    expect((await store.messages("c1", 10)).messages).toEqual([]);
    releases[1]?.();
    await pass();
    expect(seqs()).toEqual([1, 2, 3]);
  });
});

describe("going back", () => {
  it("reads the cache first, then the server, to the beginning", async () => {
    server = range(1, 150);
    await store.putMessages("c1", range(40, 150));
    lastSeq = 150;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    const walked = [span()];
    while (view().more.before && walked.length < 10) {
      await windows.loadBefore("c1");
      walked.push(span());
    }
    expect(walked).toEqual([
      [101, 150, 50],
      [51, 150, 100],
      [40, 150, 111],
      [1, 150, 150],
    ]);
    expect(asked).toEqual([{ conversationId: "c1", before: 40, limit: 50 }]);
  });

  it("knows the place where a newcomer's reading begins, also offline after a reload", async () => {
    server = range(31, 100);
    lastSeq = 100;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    await windows.loadBefore("c1");
    expect(span()).toEqual([31, 100, 70]);
    expect(view().more.before).toBe(false);
    windows.close("c1");
    windows.reachable("offline");
    windows.open("c1");
    await pass();
    await windows.loadBefore("c1");
    expect(span()).toEqual([31, 100, 70]);
    expect(view()).toMatchObject({ more: { before: false }, loading: "none" });
    expect(view()).not.toHaveProperty("error");
  });

  it("tells why it could not, and can try again", async () => {
    server = range(1, 100);
    await store.putMessages("c1", range(41, 100));
    lastSeq = 100;
    windows.reachable("online");
    windows.open("c1");
    await pass();
    await windows.loadBefore("c1");
    expect(span()).toEqual([41, 100, 60]);
    const give = answer;
    answer = () => Promise.reject(unavailable("timeout", "late"));
    const loading = windows.loadBefore("c1");
    await Promise.resolve();
    await loading;
    expect(view()).toMatchObject({ loading: "none", error: { details: { reason: "timeout" } } });
    answer = give;
    await windows.loadBefore("c1");
    expect(span()).toEqual([1, 100, 100]);
    expect(view()).not.toHaveProperty("error");
  });
});
