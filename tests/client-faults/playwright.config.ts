import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { root } from "../../scripts/root.ts";
import { CHROMIUM_ARGUMENTS } from "../support/chromium.ts";
import { requireProgram } from "../support/programs.ts";

/** A fault, its end and the comparison afterwards, on two busy cores, in milliseconds. */
const TEST_TIMEOUT_MS = 60_000;

export default defineConfig({
  testDir: ".",
  globalSetup: ["../support/memory-folder.ts", "../support/built-server.ts"],
  outputDir: join(root, "test-results", "client-faults"),
  timeout: TEST_TIMEOUT_MS,
  // Each worker has a server of its own, and some tests restart it.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    launchOptions: {
      executablePath: requireProgram("chromium"),
      args: CHROMIUM_ARGUMENTS,
    },
  },
});
