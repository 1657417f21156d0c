import type { UserId } from "@im-webapp/protocol";
import { beforeEach, expect, it } from "vitest";
import type { Command } from "../timeline/command.ts";
import { Stage } from "../timeline/stage.ts";
import type { StageBase } from "../timeline/stage-base.ts";
import { MAX_TOLD, ProfileChanges } from "./profile-changes.ts";

/** Nothing is locked, and a change of a profile asks for nothing. */
const nothing = { at: 0, fanoutMaxMembers: 500 } as StageBase;

/** Whom each commit told, and what it changed. */
let commits: { told: readonly UserId[]; changed: object | undefined }[];
let known: UserId[];
let limits: number[];
let during: () => void;
let profiles: ProfileChanges;

beforeEach(() => {
  commits = [];
  limits = [];
  known = ["bob", "cid"];
  during = () => undefined;
  const submit = <R>(command: Command<R>): Promise<R> => {
    const stage = new Stage(nothing);
    const result = command.decide(stage);
    during();
    commits.push({ told: stage.fanOuts[0]?.userIds ?? [], changed: stage.accounts[0]?.change });
    return Promise.resolve(result);
  };
  const of = (_userId: UserId, limit: number) => {
    limits.push(limit);
    return Promise.resolve([...known]);
  };
  profiles = new ProfileChanges({ submit }, { of });
});

it("tells of what others see the user's own devices and those who know them, in the commit that writes it", async () => {
  await profiles.commit("ann", { displayName: "Anna" });
  expect(commits).toEqual([{ told: ["ann", "bob", "cid"], changed: { displayName: "Anna" } }]);
  expect(new Set(limits)).toEqual(new Set([MAX_TOLD]));
});

it("tells of settings the user's own devices alone", async () => {
  await profiles.commit("ann", { phone: "12345", hidePresence: true, findableByName: false });
  expect(commits.map(({ told }) => told)).toEqual([["ann"]]);
  expect(limits).toEqual([]);
});

it("tells in a second commit whoever came to know the user during the first", async () => {
  during = () => {
    known = ["dan", "bob", "cid"];
  };
  await profiles.commit("ann", { avatar: null });
  expect(commits).toEqual([
    { told: ["ann", "bob", "cid"], changed: { avatar: null } },
    { told: ["dan"], changed: undefined },
  ]);
});
