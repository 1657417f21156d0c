import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { startMariaDb, startRedis } from "./services.ts";

/** Starts MariaDB and Redis (with a password) once for a project's tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [mariaDb, redis] = await Promise.all([
    startMariaDb(),
    startRedis({ password: `${randomBytes(9).toString("hex")}@:/%` }),
  ]);
  project.provide("backing", { mysqlUrl: mariaDb.url, redisUrl: redis.url });
  return async () => {
    await Promise.all([mariaDb.stop(), redis.stop()]);
  };
}
