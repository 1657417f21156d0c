import { expect, it } from "vitest";
import { type Heard, isHeard, withPlayed } from "./heard.ts";

const none: Heard = { since: 1_000, played: [] };

it("what was played is heard, and so is all that was there before", () => {
  const heard = withPlayed(none, "a", 2_000);
  expect([isHeard(heard, "a", 2_000), isHeard(heard, "b", 2_000), isHeard(heard, "c", 1_000)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(withPlayed(heard, "a", 2_000)).toEqual(heard);
});

it("remembers only so many, and nothing that was heard is marked again", () => {
  let heard = none;
  for (let count = 0; count < 1_000; count += 1) heard = withPlayed(heard, `f${count}`, 2_000 + count);
  expect(heard.played.length).toBeLessThan(1_000);
  expect(Array.from({ length: 1_000 }, (_, count) => isHeard(heard, `f${count}`, 2_000 + count))).not.toContain(false);
  expect(isHeard(heard, "new", 3_000)).toBe(false);
});
