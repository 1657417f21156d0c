import { describe } from "vitest";
import { driftConformance } from "./testing/drift.conformance.ts";
import { mysqlHost } from "./testing/mysql-host.ts";

describe("the check of models against migrations on MariaDB", () => {
  driftConformance(mysqlHost);
});
