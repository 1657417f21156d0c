import { clsx } from "clsx";

interface WaveformProps {
  /** Loudness from 0 to 100. */
  readonly bars: readonly number[];
  /** How much of it has been played, 0 to 1. */
  readonly progress: number;
  readonly className?: string;
}

/** What was said as bars of its loudness, those that were played in full colour. */
export function Waveform({ bars, progress, className }: WaveformProps) {
  return (
    <span aria-hidden className={clsx("flex h-6 min-w-0 flex-1 items-center gap-px overflow-hidden", className)}>
      {bars.map((loudness, index) => (
        <span
          key={index}
          className={clsx(
            "min-w-0.5 flex-1 rounded-full transition-colors",
            index < progress * bars.length ? "bg-accent" : "bg-line-strong",
          )}
          style={{ height: `${Math.max(12, loudness)}%` }}
        />
      ))}
    </span>
  );
}
