import { expect, it } from "vitest";
import { durationText, sizeText } from "./size-text.ts";

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KB"],
  [1_500_000, "1.4 MB"],
  [23_900_000, "23 MB"],
  [5 * 1024 ** 3, "5 GB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

it.each([
  [0, "0:00"],
  [7_900, "0:07"],
  [750_000, "12:30"],
  [3_723_000, "1:02:03"],
])("writes %d ms as %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
