import { MAX_PAGE_BYTES } from "@im-webapp/protocol";

/** The leading items that together stay below `MAX_PAGE_BYTES` of JSON; at least one when there is one. */
export function firstThatFit<T>(items: readonly T[]): T[] {
  return items.slice(0, countThatFit(items));
}

/** The same from the end. */
export function lastThatFit<T>(items: readonly T[]): T[] {
  return items.slice(items.length - countThatFit(items.toReversed()));
}

function countThatFit(items: readonly unknown[]): number {
  // Nearly every page fits, and one look at the whole costs less than one at each item.
  if (Buffer.byteLength(JSON.stringify(items)) <= MAX_PAGE_BYTES) return items.length;
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > MAX_PAGE_BYTES && index > 0) return index;
  }
  return items.length;
}
