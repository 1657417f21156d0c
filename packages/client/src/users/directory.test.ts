import type { User, UserId, UsersResponse } from "@im-webapp/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskGroup } from "../async/task-group.ts";
import { ImError, unavailable } from "../errors.ts";
import type { AccountStore } from "../store/local-store.ts";
import { makeUser, memoryAccount } from "../../test/builders.ts";
import { Directory } from "./directory.ts";

let store: AccountStore;
let asked: (readonly UserId[])[];
let lookup: (userIds: readonly UserId[]) => Promise<UsersResponse>;
let directory: Directory;
let faults: unknown[];

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  store = await memoryAccount();
  asked = [];
  faults = [];
  lookup = async (ids) => ({ users: ids.filter((id) => id !== "nobody").map((id) => makeUser(id)), more: false });
  directory = new Directory({
    store,
    tasks: new TaskGroup((error) => faults.push(error)),
    lookup: (ids) => {
      asked.push(ids);
      return lookup(ids);
    },
    changed: () => undefined,
  });
});

afterEach(() => {
  directory.stop();
  expect(faults).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("Directory", () => {
  it("gathers wishes into one lookup and keeps the answer in the store", async () => {
    directory.want(["ann"]);
    directory.want(["bob", "ann", "system"]);
    await pass(20);
    expect(asked).toEqual([["ann", "bob"]]);
    expect([...directory.users.keys()]).toEqual(["ann", "bob"]);
    expect((await store.load()).users).toHaveLength(2);
    directory.want(["ann", "bob"]);
    await pass(1_000);
    expect(asked).toHaveLength(1);
  });

  it("asks once for those who do not exist", async () => {
    directory.want(["nobody"]);
    await pass(20);
    directory.want(["nobody"]);
    await directory.load(["nobody"]);
    await pass(1_000);
    expect(asked).toHaveLength(1);
  });

  it("splits what is more than one call may name", async () => {
    await directory.load(Array.from({ length: 1_100 }, (_, index) => `u${index}`));
    expect(asked.map((ids) => ids.length)).toEqual([500, 500, 100]);
    expect(directory.users.size).toBe(1_100);
  });

  it("tries again later, and at once with the next connection", async () => {
    const give = lookup;
    lookup = () => Promise.reject(unavailable("network", "offline"));
    directory.want(["ann"]);
    await pass(20);
    vi.spyOn(Math, "random").mockReturnValue(1);
    await pass(2_000);
    const tries = asked.length;
    expect(tries).toBeGreaterThan(1);
    lookup = give;
    directory.connected();
    await pass();
    expect(asked).toHaveLength(tries + 1);
    expect(directory.users.has("ann")).toBe(true);
  });

  it("does not insist on what is refused for good, and tells those who wait", async () => {
    lookup = () => Promise.reject(new ImError({ code: "FORBIDDEN", message: "no" }));
    directory.want(["ann"]);
    await pass(60_000);
    expect(asked).toHaveLength(1);
    await expect(directory.load(["ann"])).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("learns from other answers, no more than anyone may know, and keeps what has not changed", async () => {
    const ann = { ...makeUser("ann", "Ann"), gender: "other" as const, description: "hi", avatar: "/a" };
    directory.learn([{ ...ann, role: 100, phone: "1" } as User]);
    expect(directory.users.get("ann")).toEqual(ann);
    directory.learn([makeUser("ann", "Ann")]);
    expect(directory.users.get("ann"), "what is taken away goes").toEqual(makeUser("ann", "Ann"));
    const before = directory.users;
    directory.learn([makeUser("ann", "Ann")]);
    expect(directory.users).toBe(before);
    directory.restore([makeUser("ann", "Anna")]);
    expect(directory.users.get("ann")?.displayName).toBe("Anna");
    await pass();
  });
});
