import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { root } from "../../scripts/root.ts";
import { requireProgram } from "../support/programs.ts";

/** One fault and the recovery from it on two busy cores, in milliseconds. */
const TEST_TIMEOUT_MS = 60_000;

export default defineConfig({
  testDir: ".",
  // What storage that fails in the middle, and several tabs, ask of the library is still to come.
  testIgnore: ["storage.spec.ts", "tabs.spec.ts"],
  outputDir: join(root, "test-results", "client-faults"),
  timeout: TEST_TIMEOUT_MS,
  // Each worker has a server of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    launchOptions: {
      executablePath: requireProgram("chromium"),
      args: [
        "--no-sandbox",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
        "--disable-quic",
        // The page is given to the browser by the test, from no network; the server is on the loopback interface.
        "--disable-features=LocalNetworkAccessChecks",
      ],
    },
  },
});
