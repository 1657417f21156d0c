import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/root.ts";
import { replacePart } from "../report/document.ts";
import { bundlePage, measureBundle } from "./bundle.ts";
import { type HostResult, type Sizes, measureHost } from "./cases.ts";
import { startChromium } from "./chromium.ts";
import { startNode } from "./node.ts";
import { clientReport } from "./report.ts";
import type { ClientRecording } from "./summary.ts";

/**
 * `npm run bench -- client [--runs 5] [--long-runs 3] [--shrink 1] [--output FILE] [--report]`: the client library's
 * size and speed, in Chromium and in Node. With `--report`, docs/performance.md gets the tables.
 */
export async function clientCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      runs: { type: "string", default: "5" },
      "long-runs": { type: "string", default: "3" },
      shrink: { type: "string", default: "1" },
      output: { type: "string" },
      report: { type: "boolean", default: false },
    },
  });
  const [runs, longRuns, shrink] = [values.runs, values["long-runs"], values.shrink].map(Number) as [
    number,
    number,
    number,
  ];
  if (!(runs >= 1 && longRuns >= 1 && shrink >= 1)) throw new RangeError("A number is out of range");
  const recording = await measure(sizes(shrink), runs, longRuns);
  const report = clientReport(recording);
  process.stdout.write(`${report}\n`);
  if (values.output !== undefined) writeFileSync(values.output, `${JSON.stringify(recording, undefined, 2)}\n`);
  if (values.report) replacePart(join(root, "docs/performance.md"), "client", report);
}

function sizes(shrink: number): Sizes {
  const part = (whole: number): number => Math.max(1, Math.round(whole / shrink));
  return {
    account: { conversations: part(1_000), messages: 100 },
    folded: [part(1_000), part(50)],
    entries: part(10_000),
    received: part(10_000) * 10,
    steps: 10,
  };
}

async function measure(what: Sizes, runs: number, longRuns: number): Promise<ClientRecording> {
  const startedAt = performance.now();
  const tell = (text: string): void => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  load ${loadavg()[0]?.toFixed(1)}  ${text}\n`);
  };
  const before = loadavg()[0] ?? 0;
  const bundle = await measureBundle();
  const files = await bundlePage();
  const common = { sizes: what, runs, longRuns, files, tell };
  let chromium = "";
  const hosts: HostResult[] = [
    await measureHost({
      ...common,
      start: async (url) => {
        const host = await startChromium(url);
        chromium = host.version;
        return host;
      },
    }),
    await measureHost({ ...common, start: () => Promise.resolve(startNode("file")) }),
    await measureHost({ ...common, start: () => Promise.resolve(startNode("memory")) }),
  ];
  return {
    at: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      node: process.version,
      chromium,
    },
    load: [before, loadavg()[0] ?? 0],
    bundle,
    hosts,
  };
}
