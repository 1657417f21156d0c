import { id } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { directConversationId, groupConversationId, groupIdOf, messageIdOf, newId } from "./ids.ts";

describe("ids", () => {
  it("of new things are of one form and never the same", () => {
    const ids = Array.from({ length: 10_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const each of ids) expect(each).toMatch(/^[0-9a-z]{20}$/);
  });

  it("of a direct conversation are the same from both sides, and only there", () => {
    const people = ["ann", "bob", "cid", "Ann", "a", "nnbob"];
    const pairs = people.flatMap((one, index) => people.slice(index).map((other) => [one, other] as const));
    const made = pairs.map(([one, other]) => directConversationId(one, other));
    expect(pairs.map(([one, other]) => directConversationId(other, one))).toEqual(made);
    expect(new Set(made).size).toBe(pairs.length);
  });

  it("of one kind of conversation are never those of another", () => {
    expect(groupIdOf(groupConversationId("team"))).toBe("team");
    expect(groupConversationId(newId())[0]).not.toBe(directConversationId("ann", "bob")[0]);
  });

  it("keep within the protocol's bounds", () => {
    const conversations = [directConversationId("a".repeat(64), "b".repeat(64)), groupConversationId(newId())];
    for (const conversationId of conversations) {
      expect(id.safeParse(conversationId).success).toBe(true);
      expect(id.safeParse(messageIdOf(conversationId, Number.MAX_SAFE_INTEGER)).success).toBe(true);
    }
  });
});
