import { describe, expect, it } from "vitest";
import { PendingWrites } from "./pending-writes.ts";

/** Something that is done when the test says so. */
function gate(): { promise: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("PendingWrites", () => {
  it("ends every reading, also where others and writes come in between", async () => {
    const writes = new PendingWrites(() => undefined);
    const [reading, writing] = [gate(), gate()];
    const taken: string[] = [];
    const refresh = (name: string, read: () => Promise<void>): Promise<void> =>
      writes.refresh(
        () => 0,
        read,
        () => taken.push(name),
      );
    const first = refresh("first", () => reading.promise);
    await turn();
    const write = writes.run(() => writing.promise);
    reading.open();
    await turn();
    const second = refresh("second", () => Promise.resolve());
    await turn();
    writing.open();
    await Promise.all([first, second, write]);
    expect(taken.toSorted()).toEqual(["first", "second"]);
  });

  it("takes over nothing that is older than memory", async () => {
    const writes = new PendingWrites(() => undefined);
    let memory = "a";
    let reads = 0;
    await writes.refresh(
      () => memory,
      async () => {
        reads += 1;
        if (reads === 1) memory = "b";
        return reads;
      },
      (stored) => {
        memory = `read ${stored}`;
      },
    );
    expect(memory).toBe("read 2");
  });

  it("goes on after a write that failed", async () => {
    const writes = new PendingWrites(() => undefined);
    const failed = writes.run(() => Promise.reject(new Error("full")));
    await expect(failed).rejects.toThrow("full");
    await writes.refresh(
      () => 0,
      () => Promise.resolve(1),
      () => undefined,
    );
    expect(await writes.run(() => Promise.resolve("done"))).toBe("done");
  });
});
