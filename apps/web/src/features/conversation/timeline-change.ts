import type { TimelineItem } from "./timeline-items.ts";

/** How the rows of a conversation came to be what they are now. */
export interface TimelineChange {
  /** Rows were added in front, so the place is kept from the end of the list. */
  readonly isPrepended: boolean;
  /** There is a new last row. */
  readonly isAppended: boolean;
  /** The new last row is the person's own message, which they want to see. */
  readonly isOwnAppended: boolean;
  /** Nothing of the earlier rows is left: another stretch of the conversation. */
  readonly isReplaced: boolean;
}

const isMessage = ({ kind }: TimelineItem) => kind === "message" || kind === "outgoing" || kind === "system";

/** What changed between two renderings of the same conversation. Pure. */
export function timelineChange(before: readonly TimelineItem[], after: readonly TimelineItem[]): TimelineChange {
  const oldFirst = before.findIndex(isMessage);
  const oldLast = before.findLast(isMessage);
  const newLast = after.findLast(isMessage);
  const isAppended = newLast !== undefined && newLast.key !== oldLast?.key;
  const isOwnAppended = isAppended && newLast.kind === "outgoing";
  const firstKey = before[oldFirst]?.key;
  if (firstKey === undefined) return { isPrepended: false, isAppended, isOwnAppended, isReplaced: false };
  const movedTo = after.findIndex((item) => item.key === firstKey);
  return {
    isPrepended: movedTo > oldFirst,
    isAppended,
    isOwnAppended,
    isReplaced: movedTo === -1 && !after.some((item) => item.key === oldLast?.key),
  };
}
