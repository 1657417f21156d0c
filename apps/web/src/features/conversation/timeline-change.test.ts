import { describe, expect, it } from "vitest";
import { timelineChange } from "./timeline-change.ts";
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
    expect(change).toEqual({ isPrepended: true, isAppended: false, isOwnAppended: false, isReplaced: false });
    expect(timelineChange(before, [head, day(2), system("a"), system("b"), system("c")]).isPrepended).toBe(true);
  });

  it("sees what is added at the end, and whether it is one's own", () => {
    expect(timelineChange(before, [...before, system("d")])).toMatchObject({
      isPrepended: false,
      isAppended: true,
      isOwnAppended: false,
    });
    expect(timelineChange(before, [...before, own("d")])).toMatchObject({ isAppended: true, isOwnAppended: true });
  });

  it("sees nothing in a change of a row", () => {
    expect(timelineChange([head, day(1), own("x")], [head, day(1), system("x")])).toEqual({
      isPrepended: false,
      isAppended: false,
      isOwnAppended: false,
      isReplaced: false,
    });
  });

  it("tells another stretch of the conversation apart", () => {
    expect(timelineChange(before, [head, day(9), system("x")]).isReplaced).toBe(true);
    expect(timelineChange([head], before)).toMatchObject({ isReplaced: false, isPrepended: false, isAppended: true });
  });
});
