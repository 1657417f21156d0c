import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/root.ts";
import { replacePart } from "../report/document.ts";
import { align } from "../report/table.ts";
import { type Growth, measureGrowth } from "./growth.ts";
import { planText } from "./plan-text.ts";

const DOCUMENT = join(root, "docs/decisions/performance-queries.md");

/** `npm run bench -- growth`: prints the figures and, with `--report`, puts them and the plans into the document. */
export async function growthCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: "string", default: "10000,1000000,10000000" },
      runs: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
      report: { type: "boolean", default: false },
      output: { type: "string" },
    },
  });
  const startedAt = performance.now();
  const growth = await measureGrowth({
    sizes: values.rows
      .split(",")
      .map(Number)
      .toSorted((a, b) => a - b),
    runs: Number(values.runs),
    seconds: Number(values.seconds),
    tell: (what) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
      process.stderr.write(`${seconds} s  load ${loadavg()[0]?.toFixed(1)}  ${what}\n`);
    },
  });
  const figures = figuresTable(growth);
  const plans = growth.plans.map(planText).join("\n\n");
  process.stdout.write(`${figures}\n\n${plans}\n`);
  if (values.output !== undefined) writeFileSync(values.output, `${JSON.stringify(growth, undefined, 2)}\n`);
  if (values.report) {
    replacePart(DOCUMENT, "figures", figures);
    replacePart(DOCUMENT, "plans", plans);
  }
}

function figuresTable({ figures, filled }: Growth): string {
  const gib = (bytes: Record<string, number> | undefined) =>
    (Object.values(bytes ?? {}).reduce((sum, value) => sum + value, 0) / 2 ** 30).toFixed(2);
  return align(
    [
      [
        "call",
        "stored messages",
        "tables GiB",
        "calls a second",
        "p50 ms",
        "p99 ms",
        "server ms each",
        "database ms each",
      ],
      ...figures
        .toSorted((a, b) => a.call.localeCompare(b.call) || a.messages - b.messages)
        .map((one) => [
          one.call,
          one.messages.toLocaleString("en"),
          gib(filled.find(({ messages }) => messages === one.messages)?.bytes),
          one.rate.toFixed(0),
          one.p50.toFixed(1),
          one.p99.toFixed(1),
          one.server.toFixed(3),
          one.database.toFixed(3),
        ]),
    ],
    1,
  );
}
