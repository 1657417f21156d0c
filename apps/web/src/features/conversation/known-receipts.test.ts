import { describe, expect, it } from "vitest";
import { knownReceipts } from "./known-receipts.ts";

const said = (senderId: string, seq: number) => ({ senderId, seq, content: { kind: "text" as const, text: "a" } });

describe("knownReceipts", () => {
  it("takes whoever has written as having read what stands before", () => {
    const receipts = new Map([["ann", 2]]);
    const known = knownReceipts(
      { receipts },
      [said("me", 1), said("ann", 4), said("bob", 3), said("ann", 3)],
      new Map(),
    );
    expect([...known]).toEqual([
      ["ann", 4],
      ["me", 1],
      ["bob", 3],
    ]);
    expect([...receipts]).toEqual([["ann", 2]]);
  });

  it("takes what was asked for, and never goes back", () => {
    const receipts = new Map([["ann", 5]]);
    const more = new Map([
      ["ann", 4],
      ["bob", 4],
    ]);
    expect([...knownReceipts({ receipts }, [], more)]).toEqual([
      ["ann", 5],
      ["bob", 4],
    ]);
  });

  it("says nothing of what the system tells on somebody's behalf, and stays the same when nothing is new", () => {
    const receipts = new Map([["ann", 5]]);
    const joined = {
      senderId: "bob",
      seq: 9,
      content: { kind: "system" as const, event: "member.left" as const, by: "bob" },
    };
    expect(knownReceipts({ receipts }, [said("ann", 5), joined], new Map([["ann", 3]]))).toBe(receipts);
  });
});
