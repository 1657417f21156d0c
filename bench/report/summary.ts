import type { Result, Sample } from "../measure/sample.ts";
import { median, spread } from "../measure/statistics.ts";

/** The medians of a result's runs; NaN for what the workload does not measure. */
export interface Summary {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly subject: string;
  readonly runs: number;
  readonly rate: number;
  /** How far the rates of the runs lie apart, as a share of their median. */
  readonly rateSpread: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly server: number;
  readonly database: number;
  readonly generator: number;
  readonly kibPerConnection: number;
  readonly others: number;
}

export function summarize({ samples, ...about }: Result): Summary {
  const middle = (value: (sample: Sample) => number | undefined): number => {
    const values = samples.flatMap((sample) => value(sample) ?? []);
    return values.length > 0 ? median(values) : Number.NaN;
  };
  return {
    ...about,
    runs: samples.length,
    rate: middle((sample) => sample.rate),
    rateSpread: spread(samples.map((sample) => sample.rate)),
    p50: middle((sample) => sample.latencies?.p50),
    p99: middle((sample) => sample.latencies?.p99),
    max: middle((sample) => sample.latencies?.max),
    server: middle((sample) => sample.processor?.server),
    database: middle((sample) => sample.processor?.database),
    generator: middle((sample) => sample.processor?.generator),
    kibPerConnection: middle((sample) => sample.kibPerConnection),
    others: middle((sample) => sample.others),
  };
}
