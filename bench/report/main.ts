import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";
import type { Recording } from "../recording.ts";
import { median } from "../measure/statistics.ts";
import { chart } from "./chart.ts";
import { replacePart } from "./document.ts";
import { summarize } from "./summary.ts";
import { table } from "./table.ts";
import { targetsTable } from "./targets.ts";

const DOCUMENT = join(root, "docs/performance.md");
const IMAGES = join(root, "docs/images");

/** `npm run bench -- report FILE`: puts the figures of a recording into docs/performance.md and draws its chart. */
export function reportCommand(file: string): void {
  const recording = JSON.parse(readFileSync(file, "utf8")) as Recording;
  const summaries = recording.results.map(summarize);
  mkdirSync(IMAGES, { recursive: true });
  writeFileSync(join(IMAGES, "performance.svg"), chart(summaries));
  replacePart(DOCUMENT, "run", runText(recording));
  replacePart(DOCUMENT, "targets", targetsTable(summaries));
  replacePart(DOCUMENT, "figures", table(summaries));
}

function runText({ at, machine, seconds, results }: Recording): string {
  const others = median(results.flatMap(({ samples }) => samples.map((sample) => sample.others)));
  const runs = Math.max(...results.map(({ samples }) => samples.length));
  return [
    `Measured on ${at.slice(0, 10)}: ${machine.cores} cores, ${machine.cpu}, Node ${machine.node.slice(1)},`,
    `${machine.database}, ${runs} runs of each case, ${Math.round(seconds / 60)} minutes in all. Other programs took`,
    `${(others * 100).toFixed(0)}% of the machine meanwhile (median over the runs; the last column has each case's).`,
  ].join("\n");
}
