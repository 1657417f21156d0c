import { expect, it } from "vitest";
import { mentionQuery, withMention } from "./mention-query.ts";

const typed = (text: string) => mentionQuery(text, text.length)?.text ?? null;

it("finds the mention that is being typed at the caret", () => {
  expect(typed("@")).toBe("");
  expect(typed("hi @an")).toBe("an");
  expect(typed("你好@王")).toBe("王");
  expect(typed("(@bo")).toBe("bo");
  expect(mentionQuery("@ann and more", 3)).toEqual({ start: 0, text: "an" });
});

it("takes no mail address, nothing after a blank and nothing too long for a name", () => {
  expect([typed("ann@example"), typed("@ann "), typed("no"), typed(`@${"x".repeat(40)}`), typed("")]).toEqual(
    Array.from({ length: 5 }, () => null),
  );
  expect(mentionQuery("@ann", 0)).toBeNull();
});

it("puts the name in place of what was typed", () => {
  expect(withMention("hi @an!", { start: 3, text: "an" }, "Ann Lee")).toEqual({ text: "hi @Ann Lee !", caret: 12 });
  expect(withMention("@a b", { start: 0, text: "a" }, "Ann")).toEqual({ text: "@Ann b", caret: 5 });
});
