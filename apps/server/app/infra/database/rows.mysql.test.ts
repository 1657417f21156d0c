import { describe } from "vitest";
import { mysqlHost } from "./testing/mysql-host.ts";
import { rowsConformance } from "./testing/rows.conformance.ts";

describe("rows in MariaDB", () => {
  rowsConformance(mysqlHost);
});
