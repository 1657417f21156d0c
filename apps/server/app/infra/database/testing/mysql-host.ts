import type { ScratchHost } from "../drift/scratch.ts";

/**
 * The MySQL-protocol server that the test run started.
 *
 * @throws {Error} saying how to run these tests when there is none
 */
export function mysqlHost(): ScratchHost {
  const url = process.env.TEST_MYSQL_URL;
  if (url === undefined || url === "") {
    throw new Error("TEST_MYSQL_URL names no server: run these tests by `npm run test:integration`");
  }
  return { dialect: "mysql", url };
}
