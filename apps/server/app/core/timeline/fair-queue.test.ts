import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairQueue } from "./fair-queue.ts";

interface Item {
  lane: string;
  name: string;
}

/** `a1 a2 b1`: items of lanes a and b. */
const items = (text: string): Item[] => text.split(" ").map((name) => ({ lane: name[0]!, name }));
const names = (taken: readonly Item[]) => taken.map(({ name }) => name).join(" ");

function queueOf(text: string): FairQueue<Item> {
  const queue = new FairQueue<Item>();
  for (const item of items(text)) queue.push(item);
  return queue;
}

/** Takes so many. */
function take(queue: FairQueue<Item>, count: number): Item[] {
  let left = count;
  return queue.take(() => (left -= 1) >= 0);
}

describe("a fair queue", () => {
  it("serves its lanes in turn, each in its own order", () => {
    expect(names(queueOf("a1 a2 a3 a4 b1 c1 c2").clear())).toBe("a1 b1 c1 a2 c2 a3 a4");
  });

  it("goes on with the lane whose turn it is", () => {
    const queue = queueOf("a1 a2 a3 b1 b2");
    expect(names(take(queue, 1))).toBe("a1");
    queue.push({ lane: "c", name: "c1" });
    expect(names(take(queue, 3))).toBe("b1 a2 c1");
    expect(queue.size).toBe(2);
    expect(names(queue.clear())).toBe("b2 a3");
    expect(queue.size).toBe(0);
  });

  it("puts back what was taken as if it had not been", () => {
    const queue = queueOf("a1 a2 b1 c1 a3");
    const taken = take(queue, 3);
    expect(names(taken)).toBe("a1 b1 c1");
    queue.putBack(taken.slice(1));
    queue.putBack([]);
    expect([names(queue.clear()), queue.size]).toEqual(["b1 c1 a2 a3", 0]);
    const again = queueOf("a1 a2 a3 b1");
    again.putBack(take(again, 3));
    expect(names(again.clear())).toBe("a1 b1 a2 a3");
  });

  it("keeps the order of each lane and loses nothing, whatever is done", () => {
    const step = fc.oneof(
      fc.record({ push: fc.constantFrom("a", "b", "c") }),
      fc.record({ take: fc.nat(6), keep: fc.nat(6) }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new FairQueue<Item>();
        const left: Item[] = [];
        let pushed = 0;
        for (const one of steps) {
          if ("push" in one) queue.push({ lane: one.push, name: String((pushed += 1)) });
          else {
            const taken = take(queue, one.take);
            left.push(...taken.slice(0, one.keep));
            queue.putBack(taken.slice(one.keep));
          }
        }
        expect(queue.size).toBe(pushed - left.length);
        left.push(...queue.clear());
        expect(left.map(({ name }) => Number(name)).toSorted((x, y) => x - y)).toEqual(
          Array.from({ length: pushed }, (_, index) => index + 1),
        );
        for (const lane of ["a", "b", "c"]) {
          const order = left.filter((item) => item.lane === lane).map(({ name }) => Number(name));
          expect(order).toEqual(order.toSorted((x, y) => x - y));
        }
      }),
    );
  });
});
