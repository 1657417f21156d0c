import { describe } from "vitest";
import { mysqlHost } from "./testing/mysql-host.ts";
import { storedTimeConformance } from "./testing/stored-time.conformance.ts";

describe("time in MariaDB", () => {
  storedTimeConformance(mysqlHost);
});
