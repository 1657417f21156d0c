/**
 * Runs `work` for every item, at most `width` at a time, beginning in the order of the items. Rejects with the first
 * fault once nothing runs any more; items that have not begun by then are left.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items].values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  const fault = lanes.find((result) => result.status === "rejected");
  if (fault) throw fault.reason;
}
