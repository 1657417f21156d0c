import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../test/deep-freeze.ts";
import { makeChange, makeMessage } from "../../test/builders.ts";
import type { PendingChange } from "../store/local-store.ts";
import { withChanges } from "./overlay.ts";

const MESSAGE = deepFreeze(
  makeMessage({ version: 3, replyTo: 1, mentions: ["bob"], reactions: [{ emoji: "🎉", count: 1, userIds: ["bob"] }] }),
);

const edit = (text: string, more: Partial<PendingChange> = {}) => makeChange("e", { kind: "edit", text, ...more });
const react = (emoji: string, on: boolean) => makeChange("r", { kind: "react", emoji, on });
const over = (...changes: PendingChange[]) => withChanges(MESSAGE, deepFreeze(changes), "me");

describe("withChanges", () => {
  it("shows an edit, a reaction and the end of one, in the held version", () => {
    const shown = over(edit("new"), react("🎉", true), react("👍", true));
    expect(shown).toMatchObject({ version: 3, content: { kind: "text", text: "new" }, editedAt: 1, replyTo: 1 });
    expect(shown.reactions).toEqual([
      { emoji: "🎉", count: 2, userIds: ["bob", "me"] },
      { emoji: "👍", count: 1, userIds: ["me"] },
    ]);
    expect(over(react("👍", true), react("👍", false))).toEqual(MESSAGE);
  });

  it("leaves nothing of what is recalled, whatever was made of it before or after", () => {
    const { replyTo: _replyTo, mentions: _mentions, reactions: _reactions, ...rest } = MESSAGE;
    expect(over(edit("new"), makeChange("a"), react("👍", true))).toEqual({
      ...rest,
      content: { kind: "system", event: "message.recalled", by: "me" },
      recalledAt: 1,
    });
  });

  it("is the same object where nothing is to be seen", () => {
    expect(over()).toBe(MESSAGE);
    expect(over(edit("new", { seq: 2 }), edit("new", { conversationId: "c2" }))).toBe(MESSAGE);
    expect(over(edit("new", { accepted: { version: 3 } }))).toBe(MESSAGE);
    expect(over(edit("new", { error: { code: "FORBIDDEN", message: "no" } }))).toBe(MESSAGE);
    expect(over(edit("text 1"), react("👍", false))).toBe(MESSAGE);
    const recalled = { ...MESSAGE, recalledAt: 5 };
    expect(withChanges(recalled, [edit("new")], "me")).toBe(recalled);
  });

  it("stays until the accepted version is held", () => {
    expect(over(edit("new", { accepted: { version: 4 } })).content).toEqual({ kind: "text", text: "new" });
  });
});
