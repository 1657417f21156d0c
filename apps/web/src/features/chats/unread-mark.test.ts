import { expect, it } from "vitest";
import { strongestMark, unreadMark } from "./unread-mark.ts";

const read = { hidden: false, unread: 0, muted: false } as const;
const unread = { ...read, unread: 2 } as const;
const silent = { muted: true, notify: 1 } as const;
const blocked = { muted: true, notify: -1 } as const;

it.each([
  ["read", read, "none"],
  ["unread", unread, "count"],
  ["marked", { ...read, markedUnread: true }, "dot"],
  ["marked and unread", { ...unread, markedUnread: true }, "dot"],
  ["silent and read", { ...read, ...silent }, "none"],
  ["silent and unread", { ...unread, ...silent }, "quiet"],
  ["silent and marked", { ...read, ...silent, markedUnread: true }, "quiet"],
  ["blocked and unread", { ...unread, ...blocked }, "none"],
  ["blocked and marked", { ...read, ...blocked, markedUnread: true }, "quiet"],
] as const)("a conversation that is %s, and all where it is the only one, have one mark", (_, conversation, mark) => {
  expect(unreadMark(conversation)).toBe(mark);
  expect(strongestMark([read, conversation])).toBe(mark);
  expect(strongestMark([{ ...conversation, hidden: true }])).toBe("none");
});

it("is the strongest of several", () => {
  const quiet = { ...unread, ...silent };
  const dot = { ...read, markedUnread: true };
  expect(strongestMark([])).toBe("none");
  expect(strongestMark([quiet, dot, read])).toBe("dot");
  expect(strongestMark([dot, unread, quiet])).toBe("count");
});
