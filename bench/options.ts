import { parseArgs } from "node:util";
import { SUBJECTS, type SubjectName } from "./subjects/subjects.ts";
import type { Scale } from "./workloads/workload.ts";
import { WORKLOADS, type WorkloadName } from "./workloads/workloads.ts";

export interface Options {
  readonly workloads: readonly WorkloadName[];
  readonly subjects: readonly SubjectName[];
  readonly runs: number;
  readonly scale: Scale;
  /** File for the results. */
  readonly output: string | undefined;
}

const names = <T extends string>(record: Record<T, unknown>): T[] => Object.keys(record) as T[];

export const USAGE = `npm run bench -- WORKLOAD… [options]
npm run bench -- growth [--rows 10000,1000000,10000000]   cost of a send, a pull and a page as the tables grow
npm run bench -- soak [--seconds 600] [--rate 500]        the server's memory under the same load for long
npm run bench -- flood [--seconds 8] [--runs 3]           direct messages while a group of 500 is flooded
npm run bench -- search [--shrink 1] [--only sqlite]      the index of words: its size, its answers, its cost
npm run bench -- client [--runs 5] [--report]             size, speed and memory of the client library
npm run bench -- report FILE                              writes docs/performance.md and its chart from results

workloads: all ${names(WORKLOADS).join(" ")}
  --subjects LIST   of ${names(SUBJECTS).join(",")} (default all)
  --runs N          runs of each case, whose median counts (default 3)
  --seconds N       measured part of a run (default 3)
  --warm-up N       sending before it (default 1)
  --shrink N        divides backlogs and connections, for trying out (default 1)
  --output FILE     writes every run's figures as JSON
`;

/** Reads the command line; gives what is wrong with it as a text. */
export function readOptions(words: readonly string[]): Options | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      subjects: { type: "string", default: names(SUBJECTS).join(",") },
      runs: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
      "warm-up": { type: "string", default: "1" },
      shrink: { type: "string", default: "1" },
      output: { type: "string" },
    },
  });
  const asked = positionals.includes("all") ? names(WORKLOADS) : positionals;
  const workloads = names(WORKLOADS).filter((name) => asked.includes(name));
  if (asked.length === 0 || workloads.length < new Set(asked).size) return `no such workload: ${asked.join(" ")}`;
  const given = values.subjects.split(",");
  const subjects = names(SUBJECTS).filter((name) => given.includes(name));
  if (subjects.length < new Set(given).size) return `no such subject: ${values.subjects}`;
  const [runs = 0, seconds = 0, warmUp = -1, shrink = 0] = [
    values.runs,
    values.seconds,
    values["warm-up"],
    values.shrink,
  ].map(Number);
  if (!(runs >= 1 && seconds > 0 && warmUp >= 0 && shrink >= 1)) return "a number is out of range";
  return { workloads, subjects, runs, scale: { timing: { warmUp, seconds }, shrink }, output: values.output };
}
