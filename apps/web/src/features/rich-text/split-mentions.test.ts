import { expect, it } from "vitest";
import { splitMentions } from "./split-mentions.ts";

const marked = (text: string, names: string[]) =>
  splitMentions(text, names)
    .map((part) => (part.isMention ? `<${part.text}>` : part.text))
    .join("");

it("marks the names of those mentioned, the longer of two, and nothing else", () => {
  expect(marked("@Ann and @Ann Lee: hi", ["Ann", "Ann Lee"])).toBe("<@Ann> and <@Ann Lee>: hi");
  expect(marked("mail ann@x.example, @bob", ["Ann"])).toBe("mail ann@x.example, @bob");
  expect(marked("@王小明你好@所有人", ["王小明", "所有人"])).toBe("<@王小明>你好<@所有人>");
  expect(marked("@@Ann@", ["Ann"])).toBe("@<@Ann>@");
  expect(splitMentions("plain", [])).toEqual([{ text: "plain", isMention: false }]);
});
