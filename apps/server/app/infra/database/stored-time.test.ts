import { describe } from "vitest";
import { storedTimeConformance } from "./testing/stored-time.conformance.ts";

describe("time in SQLite", () => {
  storedTimeConformance(() => ({ dialect: "sqlite" }));
});
