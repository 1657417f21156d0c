import { describe } from "vitest";
import { migrateConformance } from "./testing/migrate.conformance.ts";
import { mysqlHost } from "./testing/mysql-host.ts";

describe("migrations on MariaDB", () => {
  migrateConformance(mysqlHost);
});
