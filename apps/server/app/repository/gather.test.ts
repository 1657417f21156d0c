import { expect, it } from "vitest";
import { Gather } from "./gather.ts";

/** A query that is answered by hand, and the keys that each was asked for. */
function queries() {
  const asked: (readonly string[])[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const gather = new Gather<string, string>((keys) => {
    asked.push(keys);
    return new Promise((resolve, reject) => {
      answers.push((error) => (error ? reject(error) : resolve((key) => `${key}!`)));
    });
  });
  return { asked, answers, gather };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("asks once for what comes in one turn, and once more for all that comes meanwhile", async () => {
  const { asked, answers, gather } = queries();
  const first = [gather.load("a"), gather.load("b")];
  await turn();
  const later = [gather.load("c"), gather.load("a")];
  await turn();
  expect(asked).toEqual([["a", "b"]]);
  answers[0]?.();
  expect(await Promise.all(first)).toEqual(["a!", "b!"]);
  await turn();
  expect(asked).toEqual([
    ["a", "b"],
    ["c", "a"],
  ]);
  answers[1]?.();
  expect(await Promise.all(later)).toEqual(["c!", "a!"]);
});

it("refuses those of a failed query, and goes on", async () => {
  const { answers, gather } = queries();
  const refused = gather.load("a");
  await turn();
  const later = gather.load("b");
  answers[0]?.(new Error("away"));
  await expect(refused).rejects.toThrow("away");
  await turn();
  answers[1]?.();
  expect(await later).toBe("b!");
});

it("keeps queries short", async () => {
  const { asked, answers, gather } = queries();
  const all = Array.from({ length: 1_200 }, (_, n) => gather.load(String(n)));
  for (let query = 0; query < 3; query += 1) {
    await turn();
    answers[query]?.();
    await turn();
  }
  expect((await Promise.all(all)).at(-1)).toBe("1199!");
  expect(asked.map((keys) => keys.length)).toEqual([500, 500, 200]);
});
