import { describe } from "vitest";
import { rowsConformance } from "./testing/rows.conformance.ts";

describe("rows in SQLite", () => {
  rowsConformance(() => ({ dialect: "sqlite" }));
});
