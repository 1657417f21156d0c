/**
 * Loudness measured at any number of moments as at most `count` bars from 0 to 100: each the loudest of its stretch, the
 * loudest of all 100, so that a quiet voice can be seen as well. Nothing measured gives nothing.
 */
export function toBars(samples: readonly number[], count: number): number[] {
  const length = Math.min(count, samples.length);
  const wide = samples.length / length;
  const bars = Array.from({ length }, (_, index) =>
    Math.max(0, ...samples.slice(Math.floor(index * wide), Math.floor((index + 1) * wide))),
  );
  const loudest = Math.max(0, ...bars);
  return bars.map((bar) => (loudest === 0 ? 0 : Math.round((bar / loudest) * 100)));
}
