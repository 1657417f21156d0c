/** The services that the full test run needs, started privately and stopped again. */
export { type MariaDb, startMariaDb } from "./maria-db.ts";
export { findPrograms } from "./programs.ts";
export { type RedisServer, startRedis } from "./redis.ts";
