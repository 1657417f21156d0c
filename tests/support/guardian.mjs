/**
 * Ends what a test run started when the run itself is gone, however it went: also after SIGKILL, where no hook runs.
 * Plain JavaScript, so that every test process gets one without a compiler's start-up.
 *
 * Reads lines from its standard input: `+PID` and `-PID` add and drop the leader of a process group, `+/path` and
 * `-/path` a folder. The end of the input means that the run is over: every group left is killed, every folder removed.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

/** @type {Set<string>} */
const kept = new Set();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith("+")) kept.add(line.slice(1));
  if (line.startsWith("-")) kept.delete(line.slice(1));
}

for (const name of kept) {
  if (name.startsWith("/")) continue;
  try {
    process.kill(-Number(name), "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
for (const name of kept) if (name.startsWith("/")) rmSync(name, { recursive: true, force: true, maxRetries: 5 });
