import type { Endpoint } from "../subjects/subject.ts";
import { residentBytes } from "../measure/processor-time.ts";
import { median } from "../measure/statistics.ts";

/** Memory of a server at one moment, in bytes. */
export interface MemoryReading {
  /** Since the soak began, in milliseconds. */
  readonly at: number;
  readonly resident: number;
  /** What V8 uses of its heap, rubbish that has not been collected yet included. */
  readonly heap: number;
}

/** What a server takes now; the heap as its `/metrics` says. */
export async function readMemory(pid: number, { host, port }: Endpoint, startedAt: number): Promise<MemoryReading> {
  const metrics = await (await fetch(`http://${host}:${port}/metrics`)).text();
  const heap = Number(/^nodejs_heap_size_used_bytes(?:\{.*\})? (\S+)$/m.exec(metrics)?.[1]);
  return { at: performance.now() - startedAt, resident: residentBytes(pid), heap };
}

/** The readings cut into so many stretches of the same length, each as its medians. */
export function stretches(readings: readonly MemoryReading[], count: number): MemoryReading[] {
  const end = readings.at(-1)?.at ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const inside = readings.filter(({ at }) => at >= (end * index) / count && at <= (end * (index + 1)) / count);
    const middle = (of: keyof MemoryReading): number => median(inside.map((reading) => reading[of]));
    return { at: (end * (index + 1)) / count, resident: middle("resident"), heap: middle("heap") };
  });
}

/** Slope of the straight line nearest to the readings (least squares), in bytes a minute. */
export function slope(readings: readonly MemoryReading[], of: "resident" | "heap"): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanAt, meanBytes] = [mean(readings.map(({ at }) => at)), mean(readings.map((reading) => reading[of]))];
  const above = readings.reduce((sum, reading) => sum + (reading.at - meanAt) * (reading[of] - meanBytes), 0);
  const below = readings.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  return (above / below) * 60_000;
}
