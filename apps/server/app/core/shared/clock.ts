import type { EpochMs } from "@im-webapp/protocol";

/** The time now; given to the core so that tests may hold it. */
export type Clock = () => EpochMs;
