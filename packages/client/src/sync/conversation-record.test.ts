import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage } from "../../test/builders.ts";
import {
  advanced,
  announced,
  isBehind,
  listed,
  withMessage,
  withPositionsOf,
  withReceipt,
  withServerView,
} from "./conversation-record.ts";
import type { ConversationRecord } from "./conversation-record.ts";

const group = (overrides: Parameters<typeof makeConversation>[0] = {}) =>
  makeConversation({ type: "group", memberCount: 3, ...overrides });

const system = (seq: number, content: object) =>
  makeMessage({ seq, senderId: "system", content: { kind: "system", ...content } as never });

describe("what is held of a conversation", () => {
  it("is all that the list says, for nothing is cached that could be old", () => {
    expect(listed(group({ lastSeq: 9, changeSeq: 4 })).held).toEqual({ lastSeq: 9, changeSeq: 4, large: false });
    const before = withServerView(listed(group({ lastSeq: 2 })), group({ lastSeq: 5, large: true }));
    expect(listed(group({ lastSeq: 9, large: true }), before).held).toEqual({ lastSeq: 9, changeSeq: 0, large: true });
  });

  it("is what was read when it is announced; the unread messages follow, or are read", () => {
    const large = announced(group({ lastSeq: 9, readSeq: 6, changeSeq: 4, large: true }));
    expect(large.held).toEqual({ lastSeq: 6, changeSeq: 4, large: true });
    expect(isBehind(large)).toBe(true);
    const small = announced(group({ lastSeq: 7, readSeq: 6, changeSeq: 4 }));
    expect(small.held).toEqual({ lastSeq: 6, changeSeq: 0, large: false });
    expect(withMessage(small, makeMessage({ seq: 7 }), "me").held).toEqual({ lastSeq: 7, changeSeq: 4, large: false });
  });

  it("moves with the messages that continue it, and never over a hole", () => {
    const record = listed(group({ lastSeq: 4 }));
    const over = withMessage(record, makeMessage({ seq: 6 }), "me");
    expect(over).toMatchObject({ conversation: { lastSeq: 6 }, held: { lastSeq: 4 } });
    expect(isBehind(over)).toBe(true);
    expect(withMessage(over, makeMessage({ seq: 5 }), "me").held.lastSeq).toBe(5);
  });

  it("has the changes of a small conversation with its messages, but not after a large spell", () => {
    const record = listed(group({ lastSeq: 4, changeSeq: 1 }));
    const changed = withServerView(record, group({ lastSeq: 4, changeSeq: 6 }));
    expect(changed.held).toMatchObject({ lastSeq: 4, changeSeq: 6 });
    const ahead = withServerView(record, group({ lastSeq: 5, changeSeq: 6 }));
    expect(ahead.held).toMatchObject({ lastSeq: 4, changeSeq: 1 });
    const grown = withServerView(record, group({ lastSeq: 4, changeSeq: 6, large: true }));
    expect(grown.held).toEqual({ lastSeq: 4, changeSeq: 1, large: true });
    const shrunk = withServerView(grown, group({ lastSeq: 4, changeSeq: 6 }));
    expect(shrunk.held).toEqual({ lastSeq: 4, changeSeq: 1, large: true });
    expect(isBehind(shrunk)).toBe(true);
  });
});

describe("what is held of a conversation that was left", () => {
  const came = (seq: number) => system(seq, { event: "member.added", by: "ann", userIds: ["me"] });
  const went = (seq: number) => system(seq, { event: "member.removed", by: "ann", userIds: ["me"] });
  const inIt = listed(group({ lastSeq: 4, changeSeq: 1 }));

  it("lacks what changed meanwhile when one is back", () => {
    let record = withServerView(inIt, group({ lastSeq: 5, changeSeq: 3, left: true }));
    record = withMessage(record, went(5), "me");
    expect(record.held).toEqual({ lastSeq: 5, changeSeq: 1, large: true });
    record = withMessage(withServerView(record, group({ lastSeq: 6, changeSeq: 3 })), came(6), "me");
    expect(record.held).toEqual({ lastSeq: 6, changeSeq: 1, large: true });
    expect(isBehind(record)).toBe(true);
  });

  it("lacks it also when one learns of both only afterwards, by a view as it is then", () => {
    const back = withServerView(inIt, group({ lastSeq: 6, changeSeq: 3 }));
    const record = [went(5), came(6)].reduce((held, message) => withMessage(held, message, "me"), back);
    expect(record.held).toEqual({ lastSeq: 6, changeSeq: 1, large: true });
  });

  it("is nobody else's affair", () => {
    const other = system(5, { event: "member.removed", by: "ann", userIds: ["bob"] });
    const record = withMessage(withServerView(inIt, group({ lastSeq: 5, changeSeq: 3 })), other, "me");
    expect(record.held).toEqual({ lastSeq: 5, changeSeq: 3, large: false });
  });

  it("counts from the list on when the list names it first", () => {
    const record = listed(group({ lastSeq: 4, changeSeq: 1, left: true }));
    expect(record.held).toEqual({ lastSeq: 4, changeSeq: 1, large: true });
  });
});

describe("receipts", () => {
  it("of those who have left count no more", () => {
    let record: ConversationRecord = listed(group({ lastSeq: 4 }));
    for (const userId of ["ann", "bob", "cat"]) record = withReceipt(record, userId, 4);
    record = withMessage(record, system(5, { event: "member.left", by: "ann" }), "me");
    record = withMessage(record, system(6, { event: "member.removed", by: "bob", userIds: ["cat"] }), "me");
    expect(record.receipts).toEqual(new Map([["bob", 4]]));
  });
});

describe("two copies of one conversation", () => {
  const copy = (lastSeq: number, changeSeq: number, title: string): ConversationRecord =>
    listed(group({ lastSeq, changeSeq, title, lastMessage: makeMessage({ seq: lastSeq }) }));

  it("lose no position to each other, and keep what the timeline says of each", () => {
    const merged = withPositionsOf(copy(5, 1, "new"), copy(8, 2, "old"));
    expect(merged.conversation).toMatchObject({ title: "new", lastSeq: 8, changeSeq: 2, lastMessage: { seq: 8 } });
    expect(merged.held).toMatchObject({ lastSeq: 8, changeSeq: 2 });
    const moved = advanced(copy(5, 1, "stored"), copy(8, 2, "read"));
    expect(moved).toMatchObject({ conversation: { title: "stored", lastSeq: 8 }, held: { lastSeq: 8, changeSeq: 2 } });
  });

  it("count only those changes as held that both have, where neither is ahead", () => {
    const { held } = withPositionsOf(copy(8, 1, ""), copy(5, 4, ""));
    expect(held).toMatchObject({ lastSeq: 8, changeSeq: 1 });
  });
});
