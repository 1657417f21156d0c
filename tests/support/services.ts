/** The services that the full test run needs, started privately and stopped again. */
export { startMariaDb } from "./maria-db.ts";
export { startRedis } from "./redis.ts";
