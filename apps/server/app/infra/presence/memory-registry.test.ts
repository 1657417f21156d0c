import { MemoryRegistry } from "./memory-registry.ts";
import { registryConformance } from "./testing/registry.conformance.ts";

registryConformance(() => Promise.resolve(new MemoryRegistry()));
