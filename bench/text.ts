/** What every workload sends: 100 bytes of UTF-8, 33 Chinese characters and a full stop. */
export const BENCH_TEXT = `${"存".repeat(33)}.`;
