import { expect, it } from "vitest";
import type { Sample } from "../measure/sample.ts";
import { chart } from "./chart.ts";
import { summarize } from "./summary.ts";
import { table } from "./table.ts";
import { targetsTable } from "./targets.ts";

const sample = (rate: number, p99: number): Sample => ({
  rate,
  latencies: { p50: p99 / 2, p99, max: p99 * 2 },
  processor: { server: 0.1, database: 0.02, generator: 0.01 },
  others: 0.05,
});

const result = (subject: string, samples: Sample[]) =>
  summarize({ id: "direct-8", title: "1:1, closed loop, window 8", unit: "messages", subject, samples });

const summaries = [
  result("im-webapp", [sample(9_000, 12), sample(11_000, 10), sample(10_000, 11)]),
  result("ejabberd", [sample(2_600, 40), sample(2_500, 50), sample(2_400, 60)]),
  result("relay", [sample(50_000, 4)]),
];

it("takes the median of each figure", () => {
  expect(summaries[0]).toMatchObject({ runs: 3, rate: 10_000, p50: 5.5, p99: 11, max: 22, server: 0.1, others: 0.05 });
  expect(summaries[0]?.rateSpread).toBeCloseTo(0.2);
  expect(summaries[0]?.kibPerConnection).toBeNaN();
});

it("shows what is not measured as a dash", () => {
  const [, , first = ""] = table(summaries).split("\n");
  expect(first).toContain("10,000 messages");
  expect(first).toContain("–");
});

it("says which targets are reached, and leaves out what was not measured", () => {
  const lines = targetsTable(summaries).split("\n").slice(2);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/at least 4 × .* 4\.00 × \| +reached/);
  expect(lines[1]).toMatch(/at least 0\.25 × .* 0\.20 × .*not reached/);
});

it("draws a bar for each system, the fastest the longest", () => {
  const widths = [...chart(summaries).matchAll(/width="([\d.]+)" height="14"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(3);
  expect(widths[2]).toBe(Math.max(...widths));
});
