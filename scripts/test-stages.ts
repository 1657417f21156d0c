import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./root.ts";

/** A stage that runs longer hangs, in milliseconds; the slowest one takes half of it on two quiet cores. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

/** How long a stage that was told to end may take before it is killed, in milliseconds. */
const END_TIMEOUT_MS = 20_000;

/** Where the runners leave their counts; not in version control. */
const RESULTS = join(root, "test-results", "stages");

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** One step of the test run. */
export interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** What the runner counted, from the file that it left; absent: the stage itself counts as one. */
  readonly count?: () => Counts;
}

/** A command that either works or does not. */
export function task(name: string, command: readonly [string, ...string[]]): Stage {
  return { name, command };
}

/** A project of vitest.config.ts. */
export function vitest(project: string): Stage {
  const file = join(RESULTS, `${project}.json`);
  return {
    name: project,
    command: [
      "vitest",
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    count: () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = readCounts(file);
      // A file that cannot be loaded is a failed suite without a failed test.
      return {
        passed: numPassedTests ?? 0,
        failed: Math.max(numFailedTests ?? 0, Math.min(numFailedTestSuites ?? 0, 1)),
      };
    },
  };
}

/** Tests in a real browser: the folder of that name under tests/. */
export function playwright(name: string): Stage {
  const file = join(RESULTS, `${name}.json`);
  return {
    name,
    command: ["playwright", "test", "--config", `tests/${name}/playwright.config.ts`, "--reporter", "list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    count: () => {
      const { expected, unexpected, flaky } = readCounts(file, "stats");
      return { passed: (expected ?? 0) + (flaky ?? 0), failed: unexpected ?? 0 };
    },
  };
}

/** The numbers of a runner's report, or of the object under `key` in it. */
function readCounts(file: string, key?: string): Record<string, number> {
  const report: unknown = JSON.parse(readFileSync(file, "utf8"));
  const counts: unknown = key === undefined ? report : (report as Record<string, unknown>)[key];
  if (typeof counts !== "object" || counts === null) throw new Error(`${file} holds no counts`);
  return Object.fromEntries(
    Object.entries(counts).filter((pair): pair is [string, number] => typeof pair[1] === "number"),
  );
}

/** Runs one stage, its output passed on. A stage that fails without a failed test counts as one failure. */
export async function runStage(stage: Stage): Promise<Counts> {
  mkdirSync(RESULTS, { recursive: true });
  rmSync(join(RESULTS, `${stage.name}.json`), { force: true });
  const [program, ...arguments_] = stage.command;
  const child = spawn(program, arguments_, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      ...stage.env,
      PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
    },
  });
  const hang = setTimeout(() => {
    console.error(`The stage "${stage.name}" hangs: ended after ${STAGE_TIMEOUT_MS / 60_000} minutes.`);
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS).unref();
  }, STAGE_TIMEOUT_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => clearTimeout(hang));

  if (stage.count === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  let counts: Counts = { passed: 0, failed: 0 };
  try {
    counts = stage.count();
  } catch (error) {
    console.error(`The stage "${stage.name}" left no counts: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
  return code === 0 ? counts : { passed: counts.passed, failed: Math.max(1, counts.failed) };
}
