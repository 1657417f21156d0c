import { MAX_PAGE_BYTES } from "@im-webapp/protocol";

/** The leading items that together stay below `MAX_PAGE_BYTES` of JSON; at least one when there is one. */
export function firstThatFit<T>(items: readonly T[]): T[] {
  return items.slice(0, countThatFit(items, sizeOf));
}

/** The same from the end. */
export function lastThatFit<T>(items: readonly T[]): T[] {
  return items.slice(items.length - countThatFit(items.toReversed(), sizeOf));
}

/** The same as `firstThatFit`, of items that are JSON already. */
export function firstTextsThatFit<T extends { readonly json: string }>(items: readonly T[]): T[] {
  return items.slice(
    0,
    countThatFit(items, ({ json }) => Buffer.byteLength(json)),
  );
}

const sizeOf = (item: unknown): number => Buffer.byteLength(JSON.stringify(item));

function countThatFit<T>(items: readonly T[], bytesOf: (item: T) => number): number {
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    bytes += bytesOf(item);
    if (bytes > MAX_PAGE_BYTES && index > 0) return index;
  }
  return items.length;
}
