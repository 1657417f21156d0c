import type { EpochMs } from "@im-webapp/protocol";

/** How times are written: a BCP 47 language, and a zone (the device's own when absent). */
export interface TimeStyle {
  readonly language: string;
  readonly timeZone?: string | undefined;
}

const DAY_MS = 86_400_000;

/** How far back a weekday alone says which day is meant, in days. */
const WEEKDAY_REACH = 6;

type Pattern = "clock" | "weekday" | "date" | "dateWithYear" | "shortDate" | "shortDateWithYear" | "full";

const PATTERNS: Record<Pattern, Intl.DateTimeFormatOptions> = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "long" },
  date: { month: "long", day: "numeric", weekday: "short" },
  dateWithYear: { year: "numeric", month: "long", day: "numeric" },
  shortDate: { month: "numeric", day: "numeric" },
  shortDateWithYear: { year: "numeric", month: "numeric", day: "numeric" },
  full: { dateStyle: "long", timeStyle: "short", hourCycle: "h23" },
};

/** Making a formatter costs far more than using it, and a list of a thousand rows uses it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(pattern: Pattern, { language, timeZone }: TimeStyle): Intl.DateTimeFormat {
  const key = `${pattern} ${language} ${timeZone ?? ""}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language, { ...PATTERNS[pattern], timeZone });
    formatters.set(key, found);
  }
  return found;
}

const calendarFormatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in the style's zone, as a number that rises by 1 per day. */
export function dayNumber(at: EpochMs, timeZone?: string): number {
  const key = timeZone ?? "";
  let found = calendarFormatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
    calendarFormatters.set(key, found);
  }
  return Date.parse(`${found.format(at)}T00:00:00Z`) / DAY_MS;
}

const yearOf = (day: number) => new Date(day * DAY_MS).getUTCFullYear();

/** `yesterday` in the language's own word: 昨天. */
function relativeDay(days: 0 | -1, language: string): string {
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

/** Hours and minutes: `14:05`. */
export function clockLabel(at: EpochMs, style: TimeStyle): string {
  return formatter("clock", style).format(at);
}

/** A moment in full, for tooltips. */
export function fullLabel(at: EpochMs, style: TimeStyle): string {
  return formatter("full", style).format(at);
}

/** The time of a row in the chat list: 14:05 today, then 昨天, the weekday within a week, the date, the date with year. */
export function listLabel(at: EpochMs, now: EpochMs, style: TimeStyle): string {
  const day = dayNumber(at, style.timeZone);
  const today = dayNumber(now, style.timeZone);
  const age = today - day;
  // A clock ahead of ours shows as today, too.
  if (age <= 0) return clockLabel(at, style);
  if (age === 1) return relativeDay(-1, style.language);
  if (age <= WEEKDAY_REACH) return formatter("weekday", style).format(at);
  return formatter(yearOf(day) === yearOf(today) ? "shortDate" : "shortDateWithYear", style).format(at);
}

/** A moment in the past in a sentence, with its time of day within a week: 14:05, 昨天 14:05, 星期一 14:05, 3/12. */
export function momentLabel(at: EpochMs, now: EpochMs, style: TimeStyle): string {
  const age = dayNumber(now, style.timeZone) - dayNumber(at, style.timeZone);
  const label = listLabel(at, now, style);
  return age >= 1 && age <= WEEKDAY_REACH ? `${label} ${clockLabel(at, style)}` : label;
}

/** A day separator in a conversation: 今天, 昨天, the weekday within a week, the date, the date with year. */
export function dayLabel(at: EpochMs, now: EpochMs, style: TimeStyle): string {
  const day = dayNumber(at, style.timeZone);
  const today = dayNumber(now, style.timeZone);
  const age = today - day;
  if (age <= 0) return relativeDay(0, style.language);
  if (age === 1) return relativeDay(-1, style.language);
  if (age <= WEEKDAY_REACH) return formatter("weekday", style).format(at);
  return formatter(yearOf(day) === yearOf(today) ? "date" : "dateWithYear", style).format(at);
}
