import type { ConversationView } from "@im-webapp/client";
import type { Me, Message } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { newsBetween } from "./news.ts";

const me = { userId: "me" } as Me;

const from = (senderId: string, kind = "text") => ({ senderId, content: { kind, text: "hi" } }) as Message;

const view = (conversationId: string, change: Partial<ConversationView> = {}) =>
  ({
    conversationId,
    lastSeq: 5,
    unread: 1,
    activeAt: 1,
    lastMessage: from("ann"),
    ...change,
  }) as ConversationView;

const heard = (before: readonly ConversationView[], after: readonly ConversationView[]) =>
  newsBetween(before, { conversations: after, me }).heard.map(({ conversationId }) => conversationId);

it("hears of what others sent since, the newest first, in conversations that are new too", () => {
  const before = [view("a", { lastSeq: 4 }), view("b", { lastSeq: 4 }), view("same")];
  expect(heard(before, [view("a"), view("b", { activeAt: 2 }), view("same"), view("new", { activeAt: 3 })])).toEqual([
    "new",
    "b",
    "a",
  ]);
});

it("hears of nothing of one's own, read, said by the system, blocked, left or silent, unless it names one", () => {
  const after = [
    view("own", { lastMessage: from("me") }),
    view("read", { unread: 0 }),
    view("system", { lastMessage: from("ann", "system") }),
    view("blocked", { notify: -1, mentioned: true }),
    view("left", { left: true }),
    view("silent", { notify: 1 }),
    view("named", { notify: 1, mentioned: true }),
  ];
  expect(heard([], after)).toEqual(["named"]);
});

it("knows which were read since", () => {
  const after = [view("a", { unread: 0 }), view("b", { unread: 0 }), view("c")];
  expect(newsBetween([view("a"), view("b", { unread: 0 }), view("c")], { conversations: after, me }).read).toEqual([
    "a",
  ]);
});
