import type { EpochMs } from "@im-webapp/protocol";

/** The value of a date field: `2026-03-09`, in the device's zone. */
export function toDateValue(day: Date): string {
  const part = (number: number, length = 2) => String(number).padStart(length, "0");
  return `${part(day.getFullYear(), 4)}-${part(day.getMonth() + 1)}-${part(day.getDate())}`;
}

/** When the day of a date field begins, in the device's zone; null for an empty or unfinished value. */
export function dayStart(value: string): EpochMs | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const start = new Date(`${value}T00:00:00`).getTime();
  return Number.isNaN(start) ? null : start;
}
