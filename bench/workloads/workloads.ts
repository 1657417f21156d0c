import { catchUp } from "./catch-up.ts";
import { idle, storm } from "./connections.ts";
import { direct, open } from "./direct.ts";
import { group } from "./group.ts";
import type { Scale, Workload } from "./workload.ts";

/** Every workload, by its name on the command line, in the order in which all of them run. */
export const WORKLOADS = {
  direct,
  open,
  "group-100": (scale: Scale) => group(scale, 100),
  "group-500": (scale: Scale) => group(scale, 500),
  "catch-up": catchUp,
  idle,
  storm,
} satisfies Record<string, (scale: Scale) => Workload>;

export type WorkloadName = keyof typeof WORKLOADS;
