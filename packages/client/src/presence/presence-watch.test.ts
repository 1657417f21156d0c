import type { UserId, WatchRequest } from "@im-webapp/protocol";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeConversation } from "../../test/builders.ts";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { Call } from "../transport/link.ts";
import { PresenceWatch } from "./presence-watch.ts";
import { WatchedUsers } from "./watched-users.ts";

let asked: UserId[][];
let refusal: ImError | null;
let faults: unknown[];
let watch: PresenceWatch;
let watched: WatchedUsers;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  refusal = null;
  faults = [];
  const call = ((_name, { userIds }: WatchRequest) => {
    asked.push(userIds);
    if (refusal) return Promise.reject(refusal);
    return Promise.resolve({ presence: userIds.map((userId) => ({ userId, online: true })) });
  }) as Call;
  watch = new PresenceWatch({ call, tasks: new TaskGroup((error) => faults.push(error)), changed: () => undefined });
  watched = new WatchedUsers(() => watch.listChanged());
  watch.follow(watched);
});
afterEach(() => {
  vi.useRealTimers();
  expect(faults).toEqual([]);
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const shown = () => Object.fromEntries(watch.view);

it("names those who are watched, together, and shows what it is told of them", async () => {
  watch.connected();
  watched.add(["ann"]);
  watched.add(["bob", "ann"]);
  await pass(50);
  expect(asked).toEqual([["ann", "bob"]]);
  watch.receive({ userId: "bob", online: false, lastSeenAt: 7 });
  watch.receive({ userId: "eve", online: true });
  expect(shown()).toEqual({ ann: { online: true }, bob: { online: false, lastSeenAt: 7 } });
});

it("counts: a user is watched until the last who asked has ended it", async () => {
  watch.connected();
  const [one, other] = [watched.add(["ann", "bob"]), watched.add(["ann"])];
  await pass(50);
  one();
  one();
  await pass(50);
  other();
  await pass(50);
  expect(asked).toEqual([["ann", "bob"], ["ann"], []]);
  expect(shown()).toEqual({});
});

it("says nothing while nobody is watched", async () => {
  watch.connected();
  await pass(1_000);
  expect(asked).toEqual([]);
});

it("knows nothing without a connection, and names the list again after the next", async () => {
  watched.add(["ann"]);
  await pass(1_000);
  expect(asked).toEqual([]);
  watch.connected();
  await pass(0);
  expect(shown()).toEqual({ ann: { online: true } });
  watch.disconnected();
  expect(shown()).toEqual({});
  watch.connected();
  await pass(0);
  expect(asked).toEqual([["ann"], ["ann"]]);
  expect(shown()).toEqual({ ann: { online: true } });
});

it("tries again when the server says so, and not when it is no use", async () => {
  refusal = new ImError({ code: "RATE_LIMITED", message: "slower", retryAfterMs: 200 });
  watched.add(["ann"]);
  watch.connected();
  await pass(0);
  await pass(200);
  expect(asked).toHaveLength(2);
  refusal = new ImError({ code: "BAD_REQUEST", message: "no" });
  await pass(200);
  await pass(60_000);
  expect(asked).toHaveLength(3);
});

it("leaves it to the next connection when this one is lost on the way", async () => {
  refusal = unavailable("network", "lost");
  watched.add(["ann"]);
  watch.connected();
  await pass(0);
  watch.disconnected();
  await pass(60_000);
  expect(asked).toHaveLength(1);
});

it("asks anew when the first message to one who is watched is there", async () => {
  watched.add(["ann"]);
  watch.connected();
  await pass(0);
  watch.follows([makeConversation({ peerId: "bob", lastSeq: 1 }), makeConversation({ peerId: "ann", lastSeq: 2 })]);
  await pass(50);
  expect(asked).toHaveLength(1);
  watch.follows([makeConversation({ peerId: "ann", lastSeq: 1 })]);
  await pass(50);
  expect(asked).toHaveLength(2);
});

it("names at most 500, those who were watched last", async () => {
  watch.connected();
  watched.add(Array.from({ length: 501 }, (_, index) => `u${index}`));
  await pass(50);
  expect(asked[0]).toHaveLength(500);
  expect(asked[0]?.at(-1)).toBe("u500");
});
