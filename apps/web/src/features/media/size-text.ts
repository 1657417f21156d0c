const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;
const STEP = 1024;

/** A size as people read it: 812 B, 1.4 MB, 23 MB. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${Number(value.toFixed(digits))} ${UNITS[unit]}`;
}

/** A length in time as players show it: 0:07, 12:30, 1:02:03. */
export function durationText(milliseconds: number): string {
  const all = Math.floor(milliseconds / 1_000);
  const two = (part: number) => String(part).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
