import { buildServerIfStale } from "../../scripts/build-server.ts";

/** Once before a test run, whose processes then all start the same server. */
export default buildServerIfStale;
