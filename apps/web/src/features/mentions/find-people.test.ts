import { expect, it } from "vitest";
import { findPeople, loadPinyin } from "./find-people.ts";

const PEOPLE = [
  { name: "王小明", others: ["wxm2000"] },
  { name: "Ann Wang" },
  { name: "欧阳娜娜", others: ["同桌"] },
  { name: "重庆小面" },
];

const found = async (query: string) => findPeople(PEOPLE, query, await loadPinyin()).map(({ name }) => name);

it("finds people by the start of a name first, then by a part, then by how it is read", async () => {
  expect(await found("王")).toEqual(["王小明"]);
  expect(await found("wang")).toEqual(["Ann Wang", "王小明"]);
  expect(await found("wxm")).toEqual(["王小明"]);
  expect(await found("xiaoming")).toEqual(["王小明"]);
  expect(await found("oynn")).toEqual(["欧阳娜娜"]);
  expect(await found("tongzhuo")).toEqual(["欧阳娜娜"]);
  expect(await found("chongqing")).toEqual(["重庆小面"]);
  expect(await found("zzz")).toEqual([]);
});

it("does without pinyin until that is loaded, and gives all for nothing", () => {
  expect(findPeople(PEOPLE, "xiaoming", null)).toEqual([]);
  expect(findPeople(PEOPLE, " ", null)).toBe(PEOPLE);
});
