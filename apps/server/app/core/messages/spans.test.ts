import { describe, expect, it } from "vitest";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import type { ConversationState, MemberState, Span } from "../timeline/model.ts";
import { spansAfter, spansUpTo } from "./message-store.ts";

const conversation = { lastSeq: 100 } as ConversationState;
const visible = (member: Partial<MemberState>) =>
  visibleSpans({ conversation, member: { fromSeq: 0, pastSpans: [], ...member } as MemberState });

/** The places that the spans hold, written out. */
const places = (spans: readonly Span[]) =>
  spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index + 1));

describe("what somebody may read", () => {
  it("runs from their joining on", () => {
    expect(visible({})).toEqual([{ from: 0, to: 100 }]);
    expect(visible({ fromSeq: 60 })).toEqual([{ from: 60, to: 100 }]);
  });

  it("ends with their leaving", () => {
    expect(visible({ fromSeq: 60, leftSeq: 80 })).toEqual([{ from: 60, to: 80 }]);
  });

  it("holds every stay, and none in which nothing was said", () => {
    const pastSpans = [
      { from: 0, to: 10 },
      { from: 20, to: 20 },
      { from: 30, to: 31 },
    ];
    expect(visible({ pastSpans, fromSeq: 100 })).toEqual([
      { from: 0, to: 10 },
      { from: 30, to: 31 },
    ]);
  });

  it("includes the last message of a stay and excludes the one before its first", () => {
    const spans = visible({ pastSpans: [{ from: 2, to: 4 }], fromSeq: 97 });
    const seqs = Array.from({ length: 103 }, (_, seq) => seq);
    expect(seqs.filter((seq) => isVisible(spans, seq))).toEqual([3, 4, 98, 99, 100]);
  });
});

describe("a part of the spans", () => {
  const spans = [
    { from: 0, to: 3 },
    { from: 5, to: 8 },
    { from: 8, to: 10 },
  ];

  it("above a place, and up to one, are the whole together, wherever they are cut", () => {
    for (let seq = -1; seq <= 11; seq += 1) {
      expect([...places(spansUpTo(spans, seq)), ...places(spansAfter(spans, seq))]).toEqual(places(spans));
      expect(places(spansUpTo(spans, seq)).every((place) => place <= seq)).toBe(true);
      expect(places(spansAfter(spans, seq)).every((place) => place > seq)).toBe(true);
    }
  });

  it("holds no span without a message", () => {
    expect(spansAfter(spans, 3)).toEqual(spans.slice(1));
    expect(spansUpTo(spans, 5)).toEqual(spans.slice(0, 1));
    expect([spansAfter(spans, 10), spansUpTo(spans, 0), spansAfter([], 0)]).toEqual([[], [], []]);
  });
});
