import { availableParallelism } from "node:os";
import type { Latencies } from "../generator/tally.ts";
import { machineSeconds, processorSeconds } from "./processor-time.ts";

/** Processor seconds for 1,000 units of a workload. */
export interface ProcessorTime {
  readonly server: number;
  readonly database: number;
  readonly generator: number;
}

/** What one run measured. What a workload does not measure is absent. */
export interface Sample {
  /** Units a second. */
  readonly rate: number;
  readonly latencies?: Latencies;
  readonly processor?: ProcessorTime;
  /** Memory of the server for one connection, in KiB. */
  readonly kibPerConnection?: number;
  /** The share of the machine's processor time that went to anything but this bench: noise. */
  readonly others: number;
}

/** One case of a workload, on one subject, with all its runs. */
export interface Result {
  /** Names the case, such as `direct-8`. */
  readonly id: string;
  readonly title: string;
  /** What `rate` counts, such as `messages`. */
  readonly unit: string;
  readonly subject: string;
  readonly samples: readonly Sample[];
}

/** The processes that take part in a run. */
export interface Processes {
  readonly server: number;
  readonly database: number | undefined;
  readonly generator: number;
}

/** Does something and says which processor time it took; `units` tells how many units that was. */
export async function metered<T>(
  processes: Processes,
  work: () => Promise<T>,
  units: (answer: T) => number,
): Promise<{ answer: T; processor: ProcessorTime; others: number }> {
  const before = read(processes);
  const startedAt = performance.now();
  const answer = await work();
  const used = difference(read(processes), before);
  const seconds = (performance.now() - startedAt) / 1000;
  const thousands = units(answer) / 1000;
  const own = used.server + used.database + used.generator + used.driver;
  return {
    answer,
    processor: {
      server: used.server / thousands,
      database: used.database / thousands,
      generator: used.generator / thousands,
    },
    others: Math.max(0, used.machine - own) / (seconds * availableParallelism()),
  };
}

interface Reading {
  server: number;
  database: number;
  generator: number;
  driver: number;
  machine: number;
}

function read({ server, database, generator }: Processes): Reading {
  return {
    server: processorSeconds(server),
    database: database === undefined ? 0 : processorSeconds(database),
    generator: processorSeconds(generator),
    driver: processorSeconds(process.pid),
    machine: machineSeconds(),
  };
}

function difference(after: Reading, before: Reading): Reading {
  return {
    server: after.server - before.server,
    database: after.database - before.database,
    generator: after.generator - before.generator,
    driver: after.driver - before.driver,
    machine: after.machine - before.machine,
  };
}
