import { type TestProjectInlineConfiguration, defineConfig } from "vitest/config";

/** The suites that run against the real server over its wire; each brings what it needs by its global set-up. */
const INTEGRATION = ["tests/integration/**/*.test.ts"];

/** Those that start servers need them built. */
const BUILT_SERVER = "tests/support/built-server.ts";

/** For those that keep databases; first, as others start theirs. */
const MEMORY_FOLDER = "tests/support/memory-folder.ts";

/** Tests that need a service say so in their name. */
const NEED_MYSQL = "**/*.mysql.test.ts";
const NEED_REDIS = "**/*.redis.test.ts";

/** Server processes take seconds to start while both cores are busy, in milliseconds. */
const PROCESS_TIMEOUT_MS = 60_000;

/** Some unit tests start MariaDB or migrate a database, while other tests keep the cores busy, in milliseconds. */
const UNIT_TIMEOUT_MS = 30_000;

/** A round of faults restarts servers and databases several times, in milliseconds. */
const FAULTS_TIMEOUT_MS = 240_000;

/** Egg's loader and the server's own sources use native imports, which only tsx lets find TypeScript. */
const shared: NonNullable<TestProjectInlineConfiguration["test"]> = {
  pool: "forks",
  // A process serves one file after the other: most of the time went into loading the same modules for each.
  isolate: false,
  execArgv: ["--import", "tsx"],
  environment: "node",
  maxWorkers: 2,
  restoreMocks: true,
  hookTimeout: PROCESS_TIMEOUT_MS,
  setupFiles: ["tests/support/vitest-environment.ts"],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          testTimeout: UNIT_TIMEOUT_MS,
          // Those of bench/ start one.
          globalSetup: [MEMORY_FOLDER, BUILT_SERVER],
          include: [
            "packages/*/{src,reference}/**/*.test.{ts,tsx}",
            "apps/*/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
            "tests/{support,faults}/**/*.unit.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/dist/**", NEED_MYSQL, NEED_REDIS],
        },
      },
      {
        test: {
          ...shared,
          name: "embedded",
          include: INTEGRATION,
          testTimeout: PROCESS_TIMEOUT_MS,
          globalSetup: [MEMORY_FOLDER, BUILT_SERVER, "tests/support/global-embedded.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "services",
          include: [...INTEGRATION, `apps/${NEED_MYSQL}`, `apps/${NEED_REDIS}`],
          exclude: ["**/node_modules/**"],
          testTimeout: PROCESS_TIMEOUT_MS,
          globalSetup: [MEMORY_FOLDER, BUILT_SERVER, "tests/support/global-services.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "cluster",
          include: ["tests/cluster/**/*.test.ts"],
          testTimeout: PROCESS_TIMEOUT_MS,
          globalSetup: [MEMORY_FOLDER, BUILT_SERVER, "tests/support/global-services.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "package",
          include: ["tests/package/**/*.test.ts"],
          testTimeout: PROCESS_TIMEOUT_MS,
          globalSetup: [BUILT_SERVER],
        },
      },
      {
        test: {
          ...shared,
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.unit.test.ts"],
          // Each file keeps both cores busy by itself.
          maxWorkers: 1,
          testTimeout: FAULTS_TIMEOUT_MS,
          globalSetup: [MEMORY_FOLDER, BUILT_SERVER, "tests/support/global-services.ts"],
        },
      },
    ],
  },
});
