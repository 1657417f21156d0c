import type { TimelineItem } from "./timeline-items.ts";

/** How the rows of a conversation came to be what they are now. */
export interface TimelineChange {
  /** Rows were added or let go in front, so the place is kept from the end of the list. */
  readonly isShifted: boolean;
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
  const newFirst = after.findIndex(isMessage);
  const newLast = after.findLast(isMessage);
  const firstKey = before[oldFirst]?.key;
  const keepsLast = oldLast === undefined || placeOf(after, oldLast.key) !== -1;
  const isAppended = keepsLast && newLast !== undefined && newLast.key !== oldLast?.key;
  const isOwnAppended = isAppended && newLast.kind === "outgoing";
  if (firstKey === undefined) return { isShifted: false, isAppended, isOwnAppended, isReplaced: false };
  const movedTo = placeOf(after, firstKey);
  const isCut = movedTo === -1 && newFirst !== -1 && placeOf(before, after[newFirst]?.key) > oldFirst;
  return {
    isShifted: movedTo > oldFirst || isCut,
    isAppended,
    isOwnAppended,
    isReplaced: movedTo === -1 && !isCut && !after.some((item) => item.key === oldLast?.key),
  };
}

/**
 * The rows to show between two renderings that change both ends, as when a page comes at one end and pushes out as much
 * at the other: those of both. The place can be kept from one end of the list at a time only. Null where one end stays.
 * Pure.
 */
export function betweenChange(
  before: readonly TimelineItem[],
  after: readonly TimelineItem[],
): readonly TimelineItem[] | null {
  const newFirst = after.findIndex(isMessage);
  const newLast = after.findLastIndex(isMessage);
  const heldFirst = placeOf(before, after[newFirst]?.key);
  const heldLast = placeOf(before, after[newLast]?.key);
  const lostBefore = heldFirst > before.findIndex(isMessage);
  const lostAfter = heldLast !== -1 && heldLast < before.findLastIndex(isMessage);
  if (lostBefore && heldLast === -1) return [...before.slice(0, heldFirst), ...after.slice(newFirst)];
  if (lostAfter && heldFirst === -1) return [...after.slice(0, newLast + 1), ...before.slice(heldLast + 1)];
  return null;
}

function placeOf(items: readonly TimelineItem[], key: string | undefined): number {
  return key === undefined ? -1 : items.findIndex((item) => item.key === key);
}
