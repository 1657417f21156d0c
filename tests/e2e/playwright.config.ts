import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { root } from "../../scripts/root.ts";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { requireProgram } from "../support/programs.ts";

/** A whole conversation between three people on two busy cores, in milliseconds. */
const TEST_TIMEOUT_MS = 90_000;

/** Until something that is on its way shows, in milliseconds. */
const EXPECT_TIMEOUT_MS = 15_000;

// Without a locale that has all characters, Chromium saves files under names of its own.
process.env.LANG ??= "C.UTF-8";

export default defineConfig({
  testDir: ".",
  globalSetup: ["../support/memory-folder.ts", "../support/built-server.ts"],
  outputDir: join(root, "test-results", "e2e"),
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  // Each worker has a server of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    // Recording takes more than a quarter of the run's processor time: to look into a failure, TRACE=1.
    trace: process.env.TRACE === undefined ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: requireProgram("chromium"),
      args: CHROMIUM_ARGUMENTS,
    },
  },
});
