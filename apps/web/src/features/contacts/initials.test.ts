import { expect, it } from "vitest";
import { loadInitials } from "./initials.ts";

it("lists names under their first letter, Chinese ones under that of their pinyin, as surnames are read", async () => {
  const initialOf = await loadInitials(["张三"]);
  const names = ["张三", "曾国藩", "单雄信", "欧阳震华", "ada", "Édith", "🌸花", "佐藤", "Ольга", "007", " 林小雨"];
  expect(names.map(initialOf).join("")).toBe("ZZSOAE#Z##L");
});

it("needs no dictionary for names without Chinese", async () => {
  expect((await loadInitials(["Ada"]))("Ada")).toBe("A");
});
