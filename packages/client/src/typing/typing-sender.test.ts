import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { unavailable } from "../errors.ts";
import type { Call } from "../transport/link.ts";
import { TypingSender } from "./typing-sender.ts";

let said: unknown[];
let sender: TypingSender;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  const call: Call = (_name, request) => {
    said.push(request);
    return Promise.reject(unavailable("network", "nobody waits for the answer"));
  };
  sender = new TypingSender(call);
});
afterEach(() => {
  vi.useRealTimers();
});

const on = (conversationId = "c1") => ({ conversationId, typing: true });
const off = (conversationId = "c1") => ({ conversationId, typing: false });

/** Presses a key every so many milliseconds. */
function write(keys: number, everyMs: number): void {
  for (let key = 0; key < keys; key += 1) {
    sender.set("c1", true);
    vi.advanceTimersByTime(everyMs);
  }
}

it("says so at once and then at most every three seconds", () => {
  write(1, 0);
  expect(said).toEqual([on()]);
  write(65, 100);
  expect(said).toEqual([on(), on(), on()]);
});

it("says that it ended after five seconds without a key, once", () => {
  write(3, 1_000);
  vi.advanceTimersByTime(3_999);
  expect(said).toEqual([on()]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([on(), off()]);
  vi.advanceTimersByTime(60_000);
  sender.set("c1", false);
  expect(said).toHaveLength(2);
});

it("says that it ended when told, and begins anew at once", () => {
  sender.set("c1", true);
  sender.set("c1", false);
  sender.set("c1", true);
  expect(said).toEqual([on(), off(), on()]);
});

it("ends in one conversation before it begins in another, and is not ended by a third", () => {
  sender.set("c1", true);
  sender.set("c2", true);
  sender.set("c1", false);
  expect(said).toEqual([on(), off(), on("c2")]);
});

it("says nothing of an end to a server that is gone", () => {
  sender.set("c1", true);
  sender.disconnected();
  vi.advanceTimersByTime(60_000);
  sender.set("c1", false);
  expect(said).toEqual([on()]);
});
