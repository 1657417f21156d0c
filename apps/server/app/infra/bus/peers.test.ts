import { beforeEach, describe, expect, it } from "vitest";
import { Peers } from "./peers.ts";

let peers: Peers;
beforeEach(() => {
  peers = new Peers();
});

/** What is known of a node: who may be there among these. */
const mayHave = (nodeId: string, ...userIds: string[]) => {
  const node = [...peers.nodes()].find((one) => one.nodeId === nodeId);
  return userIds.filter((userId) => node?.mayHave(userId));
};

describe("what is known of another node", () => {
  it("is nothing before its list has come: everybody may be there", () => {
    expect(peers.heard("east", 4, 0), "the list is to be asked for").toBe(true);
    expect(mayHave("east", "ann", "bob")).toEqual(["ann", "bob"]);
    peers.listed("east", 4, ["ann"], 0);
    expect(mayHave("east", "ann", "bob")).toEqual(["ann"]);
    expect(peers.heard("east", 4, 0)).toBe(false);
  });

  it("follows each change by its number", () => {
    peers.listed("east", 4, ["ann"], 0);
    expect(peers.changed("east", 5, "bob", true, 0)).toBe(false);
    expect(peers.changed("east", 6, "ann", false, 0)).toBe(false);
    expect(mayHave("east", "ann", "bob")).toEqual(["bob"]);
    expect(peers.heard("east", 6, 0)).toBe(false);
  });

  it.each([
    ["a change is missing", () => peers.changed("east", 6, "cid", true, 0)],
    ["a sign of life counts one more than was heard", () => peers.heard("east", 5, 0)],
    ["the node has begun anew", () => peers.heard("east", 0, 0)],
  ])("is nothing any more when %s, until the list comes again", (_when, hear) => {
    peers.listed("east", 4, ["ann"], 0);
    expect(hear()).toBe(true);
    expect(mayHave("east", "ann", "bob")).toEqual(["ann", "bob"]);
    peers.listed("east", 6, [], 0);
    expect(mayHave("east", "ann", "bob")).toEqual([]);
  });

  it("says whether anybody at all may be there", () => {
    peers.heard("east", 0, 0);
    peers.listed("west", 0, [], 0);
    peers.listed("north", 1, ["ann"], 0);
    const anybody = [...peers.nodes()].map(({ nodeId, mayHaveAnybody }) => [nodeId, mayHaveAnybody]);
    expect(Object.fromEntries(anybody)).toEqual({ east: true, west: false, north: true });
  });

  it("goes with its goodbye, or half a minute after its last word", () => {
    peers.listed("east", 0, [], 0);
    peers.listed("west", 0, [], 0);
    peers.heard("east", 0, 20_000);
    peers.left("west");
    expect([...peers.nodes()].map(({ nodeId }) => nodeId)).toEqual(["east"]);
    expect(peers.areFresh(20_750), "three beats").toBe(true);
    expect(peers.areFresh(20_751)).toBe(false);
    expect(peers.areFresh(50_001), "by then it has stopped, and nothing is lost on its way").toBe(true);
    expect([...peers.nodes()]).toEqual([]);
  });
});
