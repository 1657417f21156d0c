/**
 * Runs the stages of the test run and stops at the first that fails.
 *
 *   tsx scripts/test.ts            everything; MariaDB, Redis and Chromium are made sure of first
 *   tsx scripts/test.ts embedded   what needs only SQLite, and the browser tests if there is a Chromium
 *
 * After the first stages two lanes run side by side, each one stage after the other: much of most stages is waiting, for
 * disks and for servers that are restarted. Those with a browser come last, one by one. The last line is `N passed, N
 * failed`: tests, and one for each stage that is no test runner.
 */
import { findPrograms } from "../tests/support/programs.ts";
import { type Stage, playwright, runStage, task, vitest } from "./test-stages.ts";

interface Plan {
  /** What the lanes need. */
  readonly first: readonly Stage[];
  readonly lanes: readonly (readonly Stage[])[];
  /** What has the machine to itself: people and their browsers have both cores, too. */
  readonly last: readonly Stage[];
}

const CHECKS = ["types", "lint", "format", "dependencies", "unused", "api"].map((name) =>
  task(`check:${name}`, ["npm", "run", "-s", `check:${name}`]),
);

const BUILD = task("build", ["npm", "run", "-s", "build"]);

const BROWSER = [playwright("client-faults"), playwright("e2e")];

/** On MariaDB the same is a test of the services stage. */
const MIGRATIONS = task("migrate:check", ["npm", "run", "-s", "migrate:check"]);

function planFor(mode: string | undefined): Plan {
  if (mode === undefined) {
    return {
      first: [task("programs", ["tsx", "scripts/ensure-services.ts"]), BUILD],
      lanes: [
        [...CHECKS, MIGRATIONS, vitest("unit"), vitest("package"), vitest("embedded")],
        [vitest("services"), vitest("cluster"), vitest("faults")],
      ],
      last: BROWSER,
    };
  }
  if (mode !== "embedded") throw new Error(`unknown mode ${mode}: embedded, or nothing for all`);
  const lanes = [[...CHECKS, MIGRATIONS, vitest("unit")], [vitest("embedded")]];
  if (findPrograms().chromium !== undefined) return { first: [BUILD], lanes, last: BROWSER };
  console.log("No Chromium: the browser tests are left out.");
  return { first: [], lanes, last: [] };
}

const started = performance.now();
const ending = new AbortController();
let passed = 0;
let failed = 0;

async function run(stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) {
    if (ending.signal.aborted) return;
    console.log(`▶ ${stage.name}`);
    const begun = performance.now();
    const result = await runStage(stage, ending.signal);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    if (ending.signal.aborted) {
      console.log(`■ ${stage.name}: ended, because another stage failed`);
      return;
    }
    passed += result.passed;
    failed += result.failed;
    console.log(`${result.failed === 0 ? "✔" : "✘"} ${stage.name}: ${result.passed} passed in ${seconds} s`);
    if (result.failed === 0) continue;
    console.log(`Stopped: the stage "${stage.name}" failed.`);
    process.exitCode = 1;
    ending.abort();
  }
}

const { first, lanes, last } = planFor(process.argv[2]);
await run(first);
await Promise.all(lanes.map(run));
await run(last);
console.log(`\nAll of it took ${((performance.now() - started) / 60_000).toFixed(1)} min.`);
console.log(`${passed} passed, ${failed} failed`);
