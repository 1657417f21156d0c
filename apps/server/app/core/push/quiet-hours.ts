import type { EpochMs, QuietHours } from "@im-webapp/protocol";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Whether a moment lies within them: from `from` on, up to and without `to`. */
export function isQuiet({ from, to, offset }: QuietHours, at: EpochMs): boolean {
  const minute = (((Math.floor(at / MINUTE_MS) + offset) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
