import { expect, it } from "vitest";
import { fitSize } from "./fit-size.ts";

it.each([
  ["a wide photo", { width: 4_000, height: 3_000 }, { width: 288, height: 216 }],
  ["a tall photo", { width: 3_000, height: 4_000 }, { width: 240, height: 320 }],
  ["a long screenshot", { width: 1_000, height: 20_000 }, { width: 112, height: 320 }],
  ["a banner", { width: 2_000, height: 100 }, { width: 288, height: 112 }],
  ["what is small", { width: 150, height: 120 }, { width: 150, height: 120 }],
  ["a dot", { width: 1, height: 1 }, { width: 112, height: 112 }],
])("gives %s its room", (_, size, room) => {
  expect(fitSize(size)).toEqual(room);
});
