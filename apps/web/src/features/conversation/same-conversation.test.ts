import { describe, expect, it } from "vitest";
import { placeholderConversation } from "./placeholder.ts";
import { isSameButDraft } from "./same-conversation.ts";

describe("isSameButDraft", () => {
  const view = placeholderConversation("peer:ann", "ann");

  it("overlooks what is being written, and nothing else", () => {
    expect(isSameButDraft(view, { ...view, draft: "hel", activeAt: 5 })).toBe(true);
    expect(isSameButDraft({ ...view, draft: "hel" }, view)).toBe(true);
    expect(isSameButDraft(view, { ...view, unread: 1 })).toBe(false);
    expect(isSameButDraft(view, { ...view, title: "Ann" })).toBe(false);
    expect(isSameButDraft(view, undefined)).toBe(false);
    expect(isSameButDraft(undefined, undefined)).toBe(true);
  });
});
