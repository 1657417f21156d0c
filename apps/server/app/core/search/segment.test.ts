import type { Message } from "@im-webapp/protocol";
import { findWords, searchWords } from "@im-webapp/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bucketsOf, exactly, rangesOf, senderTerm, termsOf } from "./grams.ts";
import { WITHOUT_REST } from "./pace.ts";
import { markPostings, rewritePostings } from "./postings.ts";
import { buildSegment, decodeRuns, encodeRuns } from "./segment.ts";

const documentOf = (text: string, index: number) => ({ message: messageOf(text, index), text });

const messageOf = (text: string, index: number): Message => ({
  messageId: `gx-${index + 1}`,
  conversationId: "gx",
  seq: index + 1,
  senderId: index % 2 === 0 ? "ann" : "bob",
  sentAt: 1_000 + index,
  clientMessageId: String(index),
  content: { kind: "text", text },
  version: 1,
});

/** The places of the messages that the segment holds to have all the terms of a query. */
async function candidates(texts: readonly string[], ranges: ReturnType<typeof rangesOf>): Promise<number[]> {
  const segment = await buildSegment(texts.map(documentOf), WITHOUT_REST);
  const marks = new Uint8Array(segment.size);
  ranges.forEach((range, step) => {
    for (const bucket of bucketsOf(range)) {
      const postings = segment.buckets.get(bucket);
      if (postings) markPostings(postings, range, marks, step);
    }
  });
  return [...marks.keys()].filter((place) => marks[place] === ranges.length);
}

const text = fc.string({ unit: fc.constantFrom(...Array.from("abc1中文字的，é😀Ａ ")) });

it("every message that a query finds is a candidate", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), text, async (texts, query) => {
      const words = searchWords(query);
      const found = texts.flatMap((one, place) => (findWords(one, words) ? [place] : []));
      expect(await candidates(texts, rangesOf(query))).toEqual(expect.arrayContaining(found));
    }),
  );
});

it("few others are", async () => {
  const texts = ["开会时间", "时间开会", "会议", "hello world", "help", "shell"];
  expect(await candidates(texts, rangesOf("开会"))).toEqual([0, 1]);
  expect(await candidates(texts, rangesOf("会"))).toEqual([0, 1, 2]);
  expect(await candidates(texts, rangesOf("hel"))).toEqual([3, 4, 5]);
  expect(await candidates(texts, rangesOf("h"))).toEqual([3, 4]);
  expect(await candidates(texts, rangesOf("sh"))).toEqual([5]);
  expect(await candidates(texts, [exactly(senderTerm("bob"))])).toEqual([1, 3, 5]);
});

it("what was rewritten is found by what it says now, and leaves nothing of what it said", async () => {
  const texts = fc.array(text, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(texts, fc.dictionary(fc.nat(5).map(String), text), async (before, edits) => {
      const now = before.map((one, place) => edits[place] ?? one);
      const terms = new Map(now.map((one, place) => [place, termsOf(documentOf(one, place))]));
      const segment = await buildSegment(before.map(documentOf), WITHOUT_REST);
      const edited = new Map([...terms].filter(([place]) => String(place) in edits));
      const buckets = new Map([...segment.buckets, ...rewritePostings(segment.buckets, edited)]);
      const left = [...buckets].filter(([, postings]) => postings.length > 0).toSorted(([a], [b]) => a - b);
      const anew = await buildSegment(now.map(documentOf), WITHOUT_REST);
      expect(left).toEqual([...anew.buckets].toSorted(([a], [b]) => a - b));
    }),
  );
});

it("runs survive being written, whatever the ids are and however the clock goes", () => {
  const run = fc.record({
    conversationId: fc.string({ minLength: 1 }).filter((id) => id.isWellFormed()),
    firstSeq: fc.maxSafeNat(),
    times: fc.array(fc.nat(2 ** 42), { minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(run), (runs) => {
      expect(decodeRuns(encodeRuns(runs))).toEqual(runs);
    }),
  );
});
