import type { Generator } from "../generator/generator.ts";
import type { Timing } from "../generator/load.ts";
import type { Load } from "../generator/tally.ts";
import { type Processes, type Sample, metered } from "../measure/sample.ts";
import type { SubjectName } from "../subjects/subjects.ts";
import type { Subject } from "../subjects/subject.ts";

/** How long and how much: from the command line. */
export interface Scale {
  readonly timing: Timing;
  /** Divides the sizes of the workloads that only grow with time, for trying out. 1 is the real thing. */
  readonly shrink: number;
}

/** A subject that runs, and the generator that loads it. */
export interface Stand {
  readonly subject: Subject;
  readonly generator: Generator;
}

/** One thing to measure of a prepared stand. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Measures once; undefined where this subject has no such thing. */
  run(stand: Stand): Promise<Sample | undefined>;
}

export interface Workload {
  readonly subjects: readonly SubjectName[];
  /** Whether each run needs a server that has just started: what memory is compared with. */
  readonly fresh: boolean;
  prepare(stand: Stand): Promise<void>;
  readonly cases: readonly Case[];
}

export function processesOf({ subject, generator }: Stand): Processes {
  return { server: subject.pid, database: subject.databasePid, generator: generator.pid };
}

/** Runs a load and makes a sample of it, counting messages or deliveries. */
export async function sampleLoad(
  stand: Stand,
  load: () => Promise<Load>,
  counted: "messages" | "deliveries",
): Promise<Sample> {
  const perMessage = (answer: Load) => (counted === "messages" ? 1 : answer.deliveries / Math.max(1, answer.messages));
  const { answer, processor, others } = await metered(
    processesOf(stand),
    load,
    (done) => done.allMessages * perMessage(done),
  );
  return { rate: answer[counted] / answer.seconds, latencies: answer.latencies, processor, others };
}
