import { describeLocalStore } from "./conformance.ts";
import { MemoryStore } from "./memory-store.ts";

describeLocalStore("MemoryStore", () => {
  const store = new MemoryStore();
  return { open: async () => store };
});
