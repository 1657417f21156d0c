import { describe } from "vitest";
import { migrateConformance } from "./testing/migrate.conformance.ts";

describe("migrations on SQLite", () => {
  migrateConformance(() => ({ dialect: "sqlite" }));
});
