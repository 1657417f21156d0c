import { expect, it } from "vitest";
import { MemoryBus } from "./memory-bus.ts";
import { busConformance, numbered } from "./testing/bus.conformance.ts";

busConformance(() => new MemoryBus());

it("the only node of a bus hears nothing: a node never hears its own messages", async () => {
  const bus = new MemoryBus();
  let heard = 0;
  bus.subscribe(() => (heard += 1));
  bus.publish(numbered(1));
  await bus.close();
  expect(heard).toBe(0);
});
