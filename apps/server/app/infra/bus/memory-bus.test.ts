import { expect, it } from "vitest";
import { MemoryBus } from "./memory-bus.ts";
import { busConformance } from "./testing/bus.conformance.ts";

busConformance(() => new MemoryBus());

it("the only node of a bus misses nothing", () => {
  expect(new MemoryBus().isHealthy).toBe(true);
});
