/**
 * Runs the stages of the test run one after the other and stops at the first that fails.
 *
 *   tsx scripts/test.ts            everything; MariaDB, Redis and Chromium are made sure of first
 *   tsx scripts/test.ts embedded   what needs only SQLite, and the browser tests if there is a Chromium
 *
 * The last line is `N passed, N failed`: tests, and one for each stage that is no test runner.
 */
import { findPrograms } from "../tests/support/programs.ts";
import { type Stage, playwright, runStage, task, vitest } from "./test-stages.ts";

const CHECKS = ["types", "lint", "format", "dependencies", "unused", "api"].map((name) =>
  task(`check:${name}`, ["npm", "run", "-s", `check:${name}`]),
);

const BROWSER = [task("build", ["npm", "run", "-s", "build"]), playwright("client-faults"), playwright("e2e")];

const EMBEDDED: Stage[] = [
  ...CHECKS,
  // On MariaDB the same is a test of the services stage.
  task("migrate:check", ["npm", "run", "-s", "migrate:check"]),
  vitest("unit"),
  vitest("embedded"),
];

function stages(mode: string | undefined): Stage[] {
  if (mode === undefined) {
    return [
      task("programs", ["tsx", "scripts/ensure-services.ts"]),
      ...EMBEDDED,
      vitest("services"),
      vitest("package"),
      vitest("cluster"),
      vitest("faults"),
      ...BROWSER,
    ];
  }
  if (mode !== "embedded") throw new Error(`unknown mode ${mode}: embedded, or nothing for all`);
  if (findPrograms().chromium !== undefined) return [...EMBEDDED, ...BROWSER];
  console.log("No Chromium: the browser tests are left out.");
  return EMBEDDED;
}

const started = performance.now();
let passed = 0;
let failed = 0;
for (const stage of stages(process.argv[2])) {
  console.log(`\n▶ ${stage.name}`);
  const begun = performance.now();
  const result = await runStage(stage);
  passed += result.passed;
  failed += result.failed;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${result.failed === 0 ? "✔" : "✘"} ${stage.name}: ${result.passed} passed in ${seconds} s`);
  if (result.failed > 0) {
    console.log(`\nStopped: the stage "${stage.name}" failed.`);
    process.exitCode = 1;
    break;
  }
}
console.log(`\nAll of it took ${((performance.now() - started) / 60_000).toFixed(1)} min.`);
console.log(`${passed} passed, ${failed} failed`);
