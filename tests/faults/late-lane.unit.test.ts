import { expect, it } from "vitest";
import { waitFor } from "../support/wait-for.ts";
import { LateLane } from "./late-lane.ts";

it("keeps the order when the delay shrinks or ends, and does at once what nothing is before", async () => {
  const lane = new LateLane();
  const done: number[] = [];
  const push = (number: number, delayMs: number) => lane.push(() => done.push(number), delayMs);
  push(1, 0);
  expect(done).toEqual([1]);
  push(2, 50);
  push(3, 20);
  push(4, 0);
  expect(done).toEqual([1]);
  await waitFor(() => done.length === 4, { what: "all of them" });
  expect(done).toEqual([1, 2, 3, 4]);
  push(5, 0);
  expect(done).toEqual([1, 2, 3, 4, 5]);
});
