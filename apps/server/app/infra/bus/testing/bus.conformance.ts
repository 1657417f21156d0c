import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bus, BusMessage } from "../../../core/delivery/ports.ts";

/** A message that is told from others by its number. */
export const numbered = (n: number): BusMessage => ({
  kind: "commit",
  packet: { at: n, drafts: [], recipients: [["ann", [[n, 0]]]], groups: [] },
});

/** What every bus guarantees, whether or not there is another node at its other end. */
export function busConformance(open: () => Bus): void {
  describe("a bus", () => {
    let bus: Bus;

    beforeEach(() => {
      bus = open();
    });
    afterEach(() => bus.close());

    it("takes messages when nobody listens, and at once", () => {
      for (let n = 0; n < 100; n += 1) expect(bus.publish(numbered(n))).toBeUndefined();
    });

    it("takes word of who comes and goes, known or not", () => {
      bus.userDisconnected("ann");
      bus.userConnected("ann");
      bus.userConnected("ann");
      bus.userDisconnected("ann");
    });

    it("throws nothing after its end, and may be ended twice", async () => {
      await bus.close();
      expect(() => bus.publish(numbered(1))).not.toThrow();
      await bus.close();
    });
  });
}
