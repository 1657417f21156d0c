/** `npm run bench -- WORKLOAD… [options]`; see README.md. */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { buildServerIfStale } from "../scripts/build-server.ts";
import { clientCommand } from "./client/main.ts";
import { floodCommand } from "./flood/main.ts";
import { growthCommand } from "./growth/main.ts";
import { type Options, USAGE, readOptions } from "./options.ts";
import { startBenchDatabase } from "./measure/database.ts";
import type { Result } from "./measure/sample.ts";
import type { Recording } from "./recording.ts";
import { reportCommand } from "./report/main.ts";
import { summarize } from "./report/summary.ts";
import { table } from "./report/table.ts";
import { runWorkload } from "./run.ts";
import { searchCommand } from "./search/main.ts";
import { soakCommand } from "./soak/main.ts";
import { hasEjabberd } from "./subjects/ejabberd.ts";
import { uploadCommand } from "./upload/main.ts";
import { WORKLOADS } from "./workloads/workloads.ts";

await buildServerIfStale();
const [command, ...words] = process.argv.slice(2);
if (command === "growth") {
  await growthCommand(words);
} else if (command === "soak") {
  await soakCommand(words);
} else if (command === "flood") {
  await floodCommand(words);
} else if (command === "upload") {
  await uploadCommand(words);
} else if (command === "search") {
  await searchCommand(words);
} else if (command === "client") {
  await clientCommand(words);
} else if (command === "report" && words[0] !== undefined) {
  reportCommand(words[0]);
} else {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") {
    process.stderr.write(`${options}\n\n${USAGE}`);
    process.exitCode = 1;
  } else {
    await bench(options);
  }
}

async function bench({ workloads, subjects, runs, scale, output }: Options): Promise<void> {
  const startedAt = performance.now();
  const tell = (what: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  load ${loadavg()[0]?.toFixed(1)}  ${what}\n`);
  };
  const chosen = new Set(subjects);
  if (chosen.has("ejabberd") && !hasEjabberd()) {
    tell("ejabberd is not installed and left out: apt-get install ejabberd erlang-p1-mysql");
    chosen.delete("ejabberd");
  }
  const database = await startBenchDatabase();
  const results: Result[] = [];
  try {
    for (const name of workloads) {
      results.push(...(await runWorkload(WORKLOADS[name](scale), { database, runs, subjects: chosen, tell })));
    }
  } finally {
    await database.stop();
  }
  const recording: Recording = {
    at: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      node: process.version,
      database: database.version,
    },
    seconds: (performance.now() - startedAt) / 1000,
    results,
  };
  process.stdout.write(`${table(results.map(summarize))}\n`);
  if (output !== undefined) writeFileSync(output, `${JSON.stringify(recording, undefined, 2)}\n`);
}
