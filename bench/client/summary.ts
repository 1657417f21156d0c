import { median } from "../measure/statistics.ts";
import type { BundleSize } from "./bundle.ts";
import type { HostResult } from "./cases.ts";

/** Everything that one run of the bench has shown. */
export interface ClientRecording {
  /** ISO 8601 */
  readonly at: string;
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string; readonly chromium: string };
  /** Runnable processes at the beginning and at the end, mean over a minute: how busy the machine was beside this. */
  readonly load: readonly [before: number, after: number];
  readonly bundle: BundleSize;
  readonly hosts: readonly HostResult[];
}

export interface Row {
  readonly what: string;
  readonly where: string;
  /** The largest value that is good; undefined: only told. */
  readonly target: number | undefined;
  readonly value: number;
  readonly unit: "KB" | "ms" | "×" | "messages/s";
}

/** The targets: bytes as thousands, times in milliseconds. */
const TARGETS = { bundleKb: 30, foldMs: 1_000, firstListMs: 300, pageMs: 50, taskMs: 50, heapGrowth: 1.1 };

/** The step after which a heap counts as warm: caches are filled, and code is compiled. */
const WARM_STEP = 2;

/** What is judged, each the median over the runs; where it says longest or slowest, of each run's. */
export function summarize({ bundle, hosts }: Pick<ClientRecording, "bundle" | "hosts">): Row[] {
  const kb = (what: string, bytes: number, target?: number): Row => ({
    what,
    where: "minified, gzip",
    target,
    value: bytes / 1_000,
    unit: "KB",
  });
  return [
    kb("library without socket.io-client, whole", bundle.entry + bundle.lazy, TARGETS.bundleKb),
    kb("of it: loaded with the program", bundle.entry, TARGETS.bundleKb),
    kb("of it: in chunks, most of it the store", bundle.lazy),
    kb("Dexie alone", bundle.dexie),
    kb("tus-js-client alone", bundle.tus),
    ...hosts.flatMap(rowsOf),
  ];
}

function rowsOf({ host, opened, folded, received }: HostResult): Row[] {
  const ms = (what: string, values: readonly number[], target?: number): Row => ({
    what,
    where: host,
    target,
    value: median(values),
    unit: "ms",
  });
  // Asked for in the browser, where they would be felt and where storing does not happen within the thread.
  const inBrowser = (target: number): number | undefined => (host === "chromium" ? target : undefined);
  const longest = ({ longestTaskMs }: { longestTaskMs: number }): number => longestTaskMs;
  const spreads = [...new Set(folded.map(({ conversations }) => conversations))];
  return [
    ms(
      "start to first list",
      opened.map(({ firstListMs }) => firstListMs),
      TARGETS.firstListMs,
    ),
    ms(
      "a conversation's last page, median",
      opened.map(({ pageMs }) => median(pageMs)),
      TARGETS.pageMs,
    ),
    ms(
      "a conversation's last page, slowest",
      opened.map(({ pageMs }) => Math.max(...pageMs)),
      TARGETS.pageMs,
    ),
    ms("longest task while opening", opened.map(longest), inBrowser(TARGETS.taskMs)),
    ...spreads.flatMap((spread) => {
      const runs = folded.filter(({ conversations }) => conversations === spread);
      const among = `in ${spread.toLocaleString("en")} conversations`;
      return [
        ms(
          `fold and store, ${among}`,
          runs.map((run) => run.ms),
          inBrowser(TARGETS.foldMs),
        ),
        ms(`longest task meanwhile, ${among}`, runs.map(longest), inBrowser(TARGETS.taskMs)),
      ];
    }),
    {
      what: "heap after all received, against after two tenths",
      where: host,
      target: TARGETS.heapGrowth,
      value: median(received.map(({ heap }) => (heap.at(-1) ?? 0) / (heap[WARM_STEP] ?? 1))),
      unit: "×",
    },
    ms("longest task while receiving", received.map(longest), inBrowser(TARGETS.taskMs)),
  ];
}

/** The middle heap over the runs after each step, in bytes. */
export function heapSteps({ received }: HostResult): number[] {
  const steps = received[0]?.heap.length ?? 0;
  return Array.from({ length: steps }, (_, step) => median(received.map(({ heap }) => heap[step] ?? 0)));
}
