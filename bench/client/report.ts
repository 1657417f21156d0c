import { align } from "../report/table.ts";
import { type ClientRecording, type Row, heapSteps, summarize } from "./summary.ts";

const MIB = 2 ** 20;

/** The recording as the tables of docs/performance.md. */
export function clientReport(recording: ClientRecording): string {
  const { at, machine, load, hosts } = recording;
  const runs = hosts[0]?.opened.length ?? 0;
  const longRuns = hosts[0]?.received.length ?? 0;
  return [
    `Measured on ${at.slice(0, 10)}: ${machine.cores} cores, ${machine.cpu}, Node ${machine.node.slice(1)}, Chromium`,
    `${machine.chromium}; medians of ${runs} runs, of ${longRuns} for what is received. Load of the machine at the`,
    `beginning ${load[0].toFixed(1)}, at the end ${load[1].toFixed(1)}, this bench included.`,
    "",
    align([["what", "where", "target", "measured", ""], ...summarize(recording).map(cells)], 2),
    "",
    "Heap with the rubbish collected, in MiB, while messages are received one push after the other:",
    "",
    heapTable(recording),
  ].join("\n");
}

function cells({ what, where, target, value, unit }: Row): string[] {
  const digits = unit === "×" ? 2 : 1;
  const shown = (number: number, places: number): string =>
    `${number.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places })} ${unit}`;
  const verdict = value <= (target ?? Infinity) ? "reached" : "**not reached**";
  // A browser tells only of tasks above 50 ms.
  const none = value === 0 && unit === "ms";
  return [
    what,
    where,
    target === undefined ? "–" : `at most ${shown(target, unit === "×" ? 1 : 0)}`,
    none ? "none above 50 ms" : shown(value, digits),
    target === undefined ? "" : verdict,
  ];
}

function heapTable({ hosts }: ClientRecording): string {
  const columns = hosts.map((host) => heapSteps(host));
  const steps = columns[0]?.length ?? 0;
  const rows = Array.from({ length: steps }, (_, step) => [
    `${Math.round((100 * step) / Math.max(1, steps - 1))}%`,
    ...columns.map((heap) => ((heap[step] ?? 0) / MIB).toFixed(2)),
  ]);
  return align([["received", ...hosts.map(({ host }) => host)], ...rows], 0);
}
