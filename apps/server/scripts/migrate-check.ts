import { parseArgs } from "node:util";
import { findDrift } from "../app/infra/database/drift/check.ts";
import type { ScratchHost } from "../app/infra/database/drift/scratch.ts";
import { describeDifference } from "../app/infra/database/schema/difference.ts";

/**
 * `npm run migrate:check [-- --mysql mysql://user:password@host:port/]`: fails when models and migrations differ.
 * SQLite is always looked at; a MySQL-protocol server when it is named, or is what DATABASE_URL names. Its user must
 * be allowed to create databases; the one that the URL names is not touched.
 */
const { values } = parseArgs({ options: { mysql: { type: "string" } } });
const configured = process.env.DATABASE_URL ?? "";
const mysqlUrl = values.mysql ?? (configured.startsWith("mysql:") ? configured : undefined);
const hosts: ScratchHost[] = [
  { dialect: "sqlite" },
  ...(mysqlUrl === undefined ? [] : [{ dialect: "mysql", url: mysqlUrl } as const]),
];

for (const host of hosts) {
  const differences = await findDrift(host);
  for (const difference of differences) console.error(`${host.dialect}: ${describeDifference(difference)}`);
  if (differences.length === 0) console.log(`${host.dialect}: models and migrations agree`);
  else process.exitCode = 1;
}
