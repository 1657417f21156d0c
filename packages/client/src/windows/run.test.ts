import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMessage } from "../../test/builders.ts";
import { deepFreeze } from "../../test/deep-freeze.ts";
import {
  appendPage,
  applyMessages,
  contiguousHead,
  contiguousTail,
  EMPTY_RUN,
  holds,
  joinPage,
  keepFirst,
  keepLast,
  prependPage,
  touches,
  updateMessages,
} from "./run.ts";
import type { Run } from "./run.ts";

const messages = (...seqs: number[]) => seqs.map((seq) => makeMessage({ seq }));
const runOf = (...seqs: number[]): Run => deepFreeze({ messages: messages(...seqs), end: seqs.at(-1) ?? 0 });
const seqsOf = ({ messages: held }: Pick<Run, "messages">) => held.map(({ seq }) => seq);

describe("contiguousTail", () => {
  it("is what lies behind the last hole", () => {
    expect(seqsOf({ messages: contiguousTail(messages(1, 2, 5, 6, 7)) })).toEqual([5, 6, 7]);
    expect(seqsOf({ messages: contiguousTail(messages(5)) })).toEqual([5]);
    expect(contiguousTail([])).toEqual([]);
  });
});

describe("contiguousHead", () => {
  it("is what lies before the first hole, and nothing where that is at once", () => {
    expect(seqsOf({ messages: contiguousHead(messages(4, 5, 8), 3) })).toEqual([4, 5]);
    expect(contiguousHead(messages(5, 6), 3)).toEqual([]);
    expect(contiguousHead([], 3)).toEqual([]);
  });
});

describe("updateMessages", () => {
  it("takes higher versions of what is held, and nothing else", () => {
    const run = runOf(4, 5);
    expect(updateMessages(run, messages(3, 5, 6))).toBe(run);
    const changed = updateMessages(run, [makeMessage({ seq: 5, version: 2 }), makeMessage({ seq: 6 })]);
    expect(changed.messages.map(({ seq, version }) => [seq, version])).toEqual([
      [4, 1],
      [5, 2],
    ]);
    expect(changed.messages[0]).toBe(run.messages[0]);
  });
});

describe("cutting", () => {
  it("keeps one end, and what the run is complete up to with the last of it", () => {
    const run: Run = deepFreeze({ messages: messages(4, 5, 6), end: 9 });
    expect(keepFirst(run, 2)).toEqual({ messages: run.messages.slice(0, 2), end: 5 });
    expect(keepLast(run, 2)).toEqual({ messages: run.messages.slice(1), end: 9 });
  });
});

describe("holds and touches", () => {
  it("tell what is in the run and what lies next to it", () => {
    const run = runOf(4, 5, 7);
    expect([3, 4, 6, 7, 8].filter((seq) => holds(run, seq))).toEqual([4, 7]);
    expect(touches(run, messages(8, 9))).toBe(true);
    expect(touches(run, messages(2, 3))).toBe(true);
    expect(touches(run, messages(9))).toBe(false);
    expect(touches(run, messages(1, 2))).toBe(false);
    expect(touches(run, [])).toBe(true);
  });
});

describe("appendPage", () => {
  it("continues the run, and takes the word for how far an empty page reaches", () => {
    expect(appendPage(runOf(4, 5), messages(6, 9))).toMatchObject({ end: 9 });
    expect(appendPage(runOf(4, 5), [], 8)).toEqual({ messages: messages(4, 5), end: 8 });
    const run = runOf(4, 5);
    expect(appendPage(run, [])).toBe(run);
  });
});

describe("applyMessages", () => {
  it("appends what continues the run and leaves the rest to the cache", () => {
    expect(applyMessages(runOf(4, 5), messages(7, 6, 9, 2))).toMatchObject({ end: 7 });
    expect(seqsOf(applyMessages(runOf(4, 5), messages(7, 6, 9, 2)))).toEqual([4, 5, 6, 7]);
    expect(applyMessages(runOf(4, 5), messages(9))).toEqual(runOf(4, 5));
  });

  it("starts an empty run with the first message, or behind what is known to be empty", () => {
    expect(seqsOf(applyMessages(EMPTY_RUN, messages(1, 2)))).toEqual([1, 2]);
    expect(seqsOf(applyMessages(EMPTY_RUN, messages(2)))).toEqual([]);
    expect(seqsOf(applyMessages({ messages: [], end: 8 }, messages(9)))).toEqual([9]);
  });

  it("replaces lower versions only, and keeps the run where nothing changes", () => {
    const run = runOf(1, 2, 3);
    const edited = makeMessage({ seq: 2, version: 2 });
    const changed = applyMessages(run, [edited]);
    expect(changed.messages[1]).toBe(edited);
    expect(changed.messages[0]).toBe(run.messages[0]);
    expect(applyMessages(changed, messages(2))).toBe(changed);
  });
});

describe("joinPage", () => {
  it("joins what overlaps or touches", () => {
    expect(seqsOf(joinPage(runOf(4, 5, 6), messages(6, 7, 8)))).toEqual([4, 5, 6, 7, 8]);
    expect(seqsOf(joinPage(runOf(4, 5), messages(6, 7)))).toEqual([4, 5, 6, 7]);
    expect(seqsOf(joinPage(runOf(4, 5), messages(2, 3)))).toEqual([2, 3, 4, 5]);
  });

  it("takes a newer page beyond a hole in its place, and ignores an older one", () => {
    expect(joinPage(runOf(4, 5), messages(8, 9))).toMatchObject({ end: 9 });
    expect(seqsOf(joinPage(runOf(4, 5), messages(8, 9)))).toEqual([8, 9]);
    expect(seqsOf(joinPage(runOf(8, 9), messages(4, 5)))).toEqual([8, 9]);
  });

  it("takes the server's word for how far an empty page reaches", () => {
    expect(joinPage(EMPTY_RUN, [], 12)).toEqual({ messages: [], end: 12 });
  });

  it("keeps a higher version that it has", () => {
    const edited = makeMessage({ seq: 5, version: 3 });
    expect(joinPage({ messages: [edited], end: 5 }, messages(4, 5)).messages[1]).toBe(edited);
  });
});

describe("prependPage", () => {
  it("puts the page before the run, though the server may skip what is not to be seen", () => {
    expect(seqsOf(prependPage(runOf(9, 10), messages(3, 4)))).toEqual([3, 4, 9, 10]);
    const run = runOf(9);
    expect(prependPage(run, [])).toBe(run);
  });
});

it("stays one ascending run without a hole, whatever comes in whatever order", () => {
  const step = fc.record({
    live: fc.boolean(),
    start: fc.integer({ min: 1, max: 30 }),
    length: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let run: Run = EMPTY_RUN;
      for (const { live, start, length } of steps) {
        const page = messages(...Array.from({ length }, (_, index) => start + index));
        const before = run.end;
        run = live ? applyMessages(deepFreeze(run), page) : joinPage(deepFreeze(run), page);
        expect(run.end).toBeGreaterThanOrEqual(before);
        const seqs = seqsOf(run);
        expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
        expect(seqs.at(-1) ?? run.end).toBe(run.end);
      }
    }),
  );
});
