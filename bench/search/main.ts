import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { planText } from "../growth/plan-text.ts";
import { type BenchDatabase, startBenchDatabase } from "../measure/database.ts";
import { align } from "../report/table.ts";
import { type Asking, measureAsking } from "./asking.ts";
import { type Sending, measureSending } from "./sending.ts";

const MESSAGES = 1_000_000;
const MIB = 2 ** 20;

interface SearchBenchOptions {
  /** Divides the messages, for trying out. */
  readonly shrink: number;
  /** How often each question is asked. */
  readonly repeats: number;
  /** Runs of sending, and the measured part of each in seconds. */
  readonly runs: number;
  readonly seconds: number;
  readonly only: string | undefined;
  readonly tell: (what: string) => void;
}

/**
 * `npm run bench -- search [--shrink N] [--repeats 10] [--runs 5] [--seconds 5] [--only sqlite|mariadb]`: size of the
 * index of words, times of searches, and what the index costs those who send, on either database.
 */
export async function searchCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      shrink: { type: "string", default: "1" },
      repeats: { type: "string", default: "10" },
      runs: { type: "string", default: "5" },
      seconds: { type: "string", default: "5" },
      only: { type: "string" },
    },
  });
  const startedAt = performance.now();
  const [shrink = 1, repeats = 1, runs = 1, seconds = 1] = [
    values.shrink,
    values.repeats,
    values.runs,
    values.seconds,
  ].map(Number);
  const report = await searchBench({
    shrink,
    repeats,
    runs,
    seconds,
    only: values.only,
    tell: (what) => {
      const passed = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4);
      process.stderr.write(`${passed} s  load ${loadavg()[0]?.toFixed(1)}  ${what}\n`);
    },
  });
  process.stdout.write(`${report}\n`);
}

/** Measures, and gives the figures as tables. */
async function searchBench(options: SearchBenchOptions): Promise<string> {
  const parts: string[] = [];
  const run = async (name: string, database: BenchDatabase | undefined) => {
    if (options.only !== undefined && options.only !== name) return;
    const tell = (what: string) => options.tell(`${name}: ${what}`);
    const messages = Math.ceil(MESSAGES / options.shrink);
    const loadBefore = loadavg()[0] ?? 0;
    const asking = await measureAsking({ ...options, database, messages, tell });
    const sending = await measureSending({ ...options, database, tell });
    const load = `load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`;
    parts.push(reportOf(name, asking, sending, load));
  };
  await run("sqlite", undefined);
  const database = await startBenchDatabase();
  try {
    await run("mariadb", database);
  } finally {
    await database.stop();
  }
  return parts.join("\n\n");
}

function reportOf(name: string, asking: Asking, { rate, p50 }: Sending, load: string): string {
  const { messages, textBytes, indexBytes, seconds, asked, plans } = asking;
  const size = `index ${(indexBytes / MIB).toFixed(0)} MiB, text ${(textBytes / MIB).toFixed(0)} MiB: ${(indexBytes / textBytes).toFixed(2)} × the text`;
  return [
    `${name}: ${messages.toLocaleString("en")} messages; ${load}`,
    `${size}; made in ${seconds.toFixed(0)} s`,
    `sending with the index and without: ${rate.on.toFixed(0)} and ${rate.off.toFixed(0)} messages a second (${(rate.on / rate.off).toFixed(3)}), p50 ${p50.on.toFixed(1)} and ${p50.off.toFixed(1)} ms`,
    "",
    align(
      [
        ["question", "p50 ms", "p99 ms", "hits"],
        ...asked.map((one) => [one.title, one.p50.toFixed(1), one.p99.toFixed(1), String(one.hits)]),
      ],
      1,
    ),
    ...plans.map((plan) => `\n${planText(plan)}`),
  ].join("\n");
}
