import { describe, expect, it } from "vitest";
import { betweenChange, timelineChange } from "./timeline-change.ts";
import type { TimelineItem } from "./timeline-items.ts";

const head: TimelineItem = { kind: "head", key: "head" };
const day = (n: number): TimelineItem => ({ kind: "day", key: `day:${n}`, at: 0 });
const system = (key: string): TimelineItem => ({
  kind: "system",
  key,
  seq: 1,
  content: { kind: "system", event: "member.left", by: "a" },
  at: 0,
});
const own = (key: string): TimelineItem => ({
  kind: "outgoing",
  key,
  outgoing: {
    clientMessageId: key,
    conversationId: "c",
    content: { kind: "text", text: "" },
    createdAt: 0,
    status: "waiting",
  },
  isFirst: true,
  isLast: true,
});

describe("timelineChange", () => {
  const before = [head, day(2), system("b"), system("c")];

  it("sees what is added in front, also when the day's mark moves there", () => {
    const change = timelineChange(before, [head, day(1), system("a"), day(2), system("b"), system("c")]);
    expect(change).toEqual({ isShifted: true, isAppended: false, isOwnAppended: false, isReplaced: false });
    expect(timelineChange(before, [head, day(2), system("a"), system("b"), system("c")]).isShifted).toBe(true);
  });

  it("sees what is added at the end, and whether it is one's own", () => {
    expect(timelineChange(before, [...before, system("d")])).toMatchObject({
      isShifted: false,
      isAppended: true,
      isOwnAppended: false,
    });
    expect(timelineChange(before, [...before, own("d")])).toMatchObject({ isAppended: true, isOwnAppended: true });
  });

  it("sees nothing in a change of a row", () => {
    expect(timelineChange([head, day(1), own("x")], [head, day(1), system("x")])).toEqual({
      isShifted: false,
      isAppended: false,
      isOwnAppended: false,
      isReplaced: false,
    });
  });

  it("tells another stretch of the conversation apart", () => {
    expect(timelineChange(before, [head, day(9), system("x")]).isReplaced).toBe(true);
    expect(timelineChange([head], before)).toMatchObject({ isReplaced: false, isShifted: false, isAppended: true });
  });

  it("sees what is let go at either end, which is neither news nor another stretch", () => {
    expect(timelineChange([head, day(1), system("a"), day(2), system("b")], [head, day(2), system("b")])).toEqual({
      isShifted: true,
      isAppended: false,
      isOwnAppended: false,
      isReplaced: false,
    });
    expect(timelineChange([head, day(1), system("a"), system("b")], [head, day(1), system("a")])).toEqual({
      isShifted: false,
      isAppended: false,
      isOwnAppended: false,
      isReplaced: false,
    });
  });
});

describe("betweenChange", () => {
  const before = [head, day(1), system("a"), day(2), system("b"), system("c")];
  const keys = (items: readonly TimelineItem[] | null) => items?.map(({ key }) => key);

  it("has the rows of both where a page at the end pushes out the beginning", () => {
    const after = [head, day(2), system("b"), system("c"), day(3), system("d")];
    const between = betweenChange(before, after);
    expect(keys(between)).toEqual(["head", "day:1", "a", "day:2", "b", "c", "day:3", "d"]);
    expect(timelineChange(before, between ?? [])).toMatchObject({ isShifted: false, isAppended: true });
    expect(timelineChange(between ?? [], after)).toMatchObject({ isShifted: true, isAppended: false });
  });

  it("has the rows of both where a page at the beginning pushes out the end", () => {
    const after = [head, day(0), system("z"), day(1), system("a"), day(2), system("b")];
    const between = betweenChange(before, after);
    expect(keys(between)).toEqual(["head", "day:0", "z", "day:1", "a", "day:2", "b", "c"]);
    expect(timelineChange(before, between ?? [])).toMatchObject({ isShifted: true, isAppended: false });
    expect(timelineChange(between ?? [], after)).toMatchObject({ isShifted: false, isAppended: false });
  });

  it("is not needed where one end stays, or nothing does", () => {
    expect(betweenChange(before, [...before, system("d")])).toBeNull();
    expect(betweenChange(before, [head, day(0), system("z"), ...before.slice(1)])).toBeNull();
    expect(betweenChange(before, [head, day(2), system("b"), system("c")])).toBeNull();
    expect(betweenChange(before, [head, day(9), system("x")])).toBeNull();
    expect(betweenChange([head], before)).toBeNull();
  });
});
