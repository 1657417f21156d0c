import { describe } from "vitest";
import { driftConformance } from "./testing/drift.conformance.ts";

describe("the check of models against migrations on SQLite", () => {
  driftConformance(() => ({ dialect: "sqlite" }));
});
