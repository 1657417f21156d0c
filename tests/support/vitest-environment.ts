import { inject } from "vitest";
import type { BackingUrls } from "./backing.ts";

/** Hands the services of the project to tests that know nothing of this folder. */
const urls: BackingUrls | null | undefined = inject("backing");
if (urls !== null && urls !== undefined) {
  process.env.TEST_MYSQL_URL = urls.mysqlUrl;
  process.env.TEST_REDIS_URL = urls.redisUrl;
}
