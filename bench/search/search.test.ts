import { expect, it } from "vitest";
import { Corpus } from "./corpus.ts";
import { measureAsking } from "./asking.ts";
import { questionsOf } from "./questions.ts";

/** Enough for a segment, and little enough for a test. */
const MESSAGES = 3_000;

it("says the same for the same seed, in both scripts", () => {
  const [one, other] = [new Corpus(7), new Corpus(7)];
  const said = Array.from({ length: 200 }, () => one.message());
  expect(Array.from({ length: 200 }, () => other.message())).toEqual(said);
  expect(said.join("")).toMatch(/的/u);
  expect(said.join("")).toMatch(/[a-z]{3}/u);
  const known = { conversationIds: ["g"], senderIds: ["s"], from: 0, to: 100 };
  expect(questionsOf(one, known)).toEqual(questionsOf(other, known));
});

it("asks a real server, and finds what there is to find", async () => {
  const { asked, indexBytes, textBytes } = await measureAsking({
    database: undefined,
    messages: MESSAGES,
    repeats: 1,
    tell: () => undefined,
  });
  const hits = Object.fromEntries(asked.map((one) => [one.title, one.hits]));
  expect(hits).toMatchObject({
    "one character, most frequent": 50,
    "a sender's last": 7,
    "nothing found": 0,
    "of a kind that nobody sent": 0,
  });
  expect(asked.every(({ p50, p99 }) => p50 > 0 && p99 >= p50)).toBe(true);
  expect(indexBytes).toBeGreaterThan(0);
  expect(textBytes).toBeGreaterThan(MESSAGES * 20);
}, 60_000);
