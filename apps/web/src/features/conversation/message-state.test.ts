import { describe, expect, it } from "vitest";
import { isSameState, sentState } from "./message-state.ts";

const message = { seq: 5, senderId: "me" };

describe("sentState", () => {
  it("is read in a direct conversation once the other one has read this far", () => {
    const direct = (readSeq: number) => ({ type: "direct" as const, receipts: new Map([["peer", readSeq]]) });
    expect(sentState(message, direct(4))).toEqual({ kind: "sent", readers: 0 });
    expect(sentState(message, direct(5))).toEqual({ kind: "read", readers: 1 });
    expect(sentState(message, direct(9))).toEqual({ kind: "read", readers: 1 });
  });

  it("is read in a group once everybody else has, and counts them until then", () => {
    const receipts = new Map([
      ["me", 9],
      ["a", 5],
      ["b", 4],
    ]);
    expect(sentState(message, { type: "group", receipts, memberCount: 3 })).toEqual({ kind: "sent", readers: 1 });
    receipts.set("b", 7);
    expect(sentState(message, { type: "group", receipts, memberCount: 3 })).toEqual({ kind: "read", readers: 2 });
  });

  it("is never read by nobody", () => {
    expect(sentState(message, { type: "group", receipts: new Map(), memberCount: 1 }).kind).toBe("sent");
    expect(sentState(message, { type: "group", receipts: new Map([["a", 9]]) }).kind).toBe("sent");
  });
});

describe("isSameState", () => {
  it("goes by the icon, not by how many have read", () => {
    expect(isSameState({ kind: "sent", readers: 1 }, { kind: "sent", readers: 2 })).toBe(true);
    expect(isSameState({ kind: "sent", readers: 1 }, { kind: "read", readers: 1 })).toBe(false);
    expect(isSameState({ kind: "waiting" }, { kind: "failed" })).toBe(false);
  });
});
