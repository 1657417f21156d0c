import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeMessage } from "../../test/builders.ts";
import { TypingUsers } from "./typing-users.ts";

let changes: number;
let typing: TypingUsers;

beforeEach(() => {
  vi.useFakeTimers();
  changes = 0;
  typing = new TypingUsers("me", () => {
    changes += 1;
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const tell = (userId: string, isTyping = true, conversationId = "c1") =>
  typing.receive({ conversationId, userId, typing: isTyping });
const shown = () => Object.fromEntries(typing.view);

it("names who is writing, in the order in which they began", () => {
  tell("ann");
  tell("bob");
  tell("ann");
  tell("ann", true, "c2");
  expect(shown()).toEqual({ c1: ["ann", "bob"], c2: ["ann"] });
  tell("ann", false);
  expect(shown()).toEqual({ c1: ["bob"], c2: ["ann"] });
});

it("forgets each six seconds after their last event", () => {
  tell("ann");
  vi.advanceTimersByTime(4_000);
  tell("ann");
  tell("bob");
  vi.advanceTimersByTime(5_999);
  expect(shown()).toEqual({ c1: ["ann", "bob"] });
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual({});
});

it("forgets one whose message has come", () => {
  tell("ann");
  tell("bob");
  tell("ann", true, "c2");
  typing.arrived([makeMessage({ conversationId: "c1", senderId: "ann" })]);
  expect(shown()).toEqual({ c1: ["bob"], c2: ["ann"] });
});

it("does not name oneself, as another device might be heard", () => {
  tell("me");
  expect(shown()).toEqual({});
});

it("keeps its identity and its peace while nothing changes", () => {
  tell("ann");
  const { view } = typing;
  tell("ann");
  tell("bob", false);
  typing.arrived([makeMessage({ conversationId: "c9", senderId: "ann" })]);
  expect(typing.view).toBe(view);
  expect(changes).toBe(1);
});

it("forgets everybody at once, timers included", () => {
  tell("ann");
  typing.clear();
  typing.clear();
  expect(shown()).toEqual({});
  expect([changes, vi.getTimerCount()]).toEqual([2, 0]);
});
