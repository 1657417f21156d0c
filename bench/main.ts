import { parseArgs } from "node:util";
import { startMariaDb } from "../tests/support/services.ts";
import { startServer } from "../tests/support/server.ts";
import { processorSeconds } from "./processor-time.ts";
import { median } from "./statistics.ts";
import { type DirectResult, runDirect } from "./workloads/direct.ts";

const { values } = parseArgs({
  options: {
    database: { type: "string", default: "mariadb" },
    pairs: { type: "string", default: "100" },
    window: { type: "string", default: "1,8,32" },
    seconds: { type: "string", default: "5" },
    runs: { type: "string", default: "3" },
  },
});

const mariaDb = values.database === "mariadb" ? await startMariaDb() : undefined;
const server = await startServer({ env: { DATABASE_URL: await mariaDb?.createDatabase() } });
try {
  process.stdout.write("window  messages/s  p50 ms  p99 ms  max ms  server CPU s per 1,000 (medians)\n");
  for (const window of values.window.split(",").map(Number)) {
    const runs: (DirectResult & { processor: number })[] = [];
    for (let run = 0; run < Number(values.runs); run += 1) {
      const before = processorSeconds(server.pid);
      const result = await runDirect(server.url, Number(values.pairs), window, Number(values.seconds));
      const used = processorSeconds(server.pid) - before;
      runs.push({ ...result, processor: (used / (result.messagesPerSecond * Number(values.seconds))) * 1000 });
    }
    const column = (name: keyof (typeof runs)[number], digits: number, width: number) =>
      median(runs.map((run) => run[name]))
        .toFixed(digits)
        .padStart(width);
    process.stdout.write(
      `${String(window).padStart(6)}  ${column("messagesPerSecond", 0, 10)}  ${column("p50", 1, 6)}  ` +
        `${column("p99", 1, 6)}  ${column("max", 0, 6)}  ${column("processor", 3, 6)}\n`,
    );
  }
} finally {
  await server.stop();
  await mariaDb?.stop();
}
