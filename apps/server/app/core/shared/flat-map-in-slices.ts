/** How long one slice of work holds the process, in milliseconds. */
const SLICE_MS = 8;

/** `items.flatMap(map)`, with a turn for others after every slice of time: for work that one caller can make heavy. */
export async function flatMapInSlices<T, R>(items: readonly T[], map: (item: T) => readonly R[]): Promise<R[]> {
  const mapped: R[] = [];
  let begun = performance.now();
  for (const item of items) {
    if (performance.now() - begun > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      begun = performance.now();
    }
    mapped.push(...map(item));
  }
  return mapped;
}
