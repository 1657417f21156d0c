import { expect, it } from "vitest";
import { type Filter, FILTERS, isListed } from "./filters.ts";

const chat = { hidden: false, type: "direct", unread: 0 } as const;

it.each([
  ["read and direct", chat, ["all", "direct"]],
  ["unread", { ...chat, unread: 2 }, ["all", "unread", "direct"]],
  ["silent and unread", { ...chat, unread: 2, notify: 1 }, ["all", "unread", "direct"]],
  ["blocked and unread", { ...chat, unread: 2, notify: -1 }, ["all", "direct"]],
  ["marked", { ...chat, type: "group", markedUnread: true }, ["all", "unread", "groups"]],
  ["a system conversation", { ...chat, type: "system" }, ["all"]],
  ["hidden", { ...chat, hidden: true, unread: 2 }, []],
] as const)("a conversation that is %s is in its lists", (_, conversation, filters) => {
  expect(FILTERS.filter((filter: Filter) => isListed(conversation, filter))).toEqual(filters);
});
