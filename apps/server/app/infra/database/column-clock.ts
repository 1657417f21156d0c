import type { EpochMs } from "@im-webapp/protocol";

/** Turns epoch milliseconds into the text of a DATETIME(3) column and back. */
export interface ColumnClock {
  /** The offset in which columns show local time, such as `+08:00`. */
  readonly timezone: string;
  /**
   * `YYYY-MM-DD HH:mm:ss.SSS` in the clock's zone.
   *
   * @throws {RangeError} unless `ms` is an integer that falls into the years 1000 to 9999 (what DATETIME can hold)
   */
  toColumn(ms: EpochMs): string;
  /**
   * The moment that a column's text names; a missing fraction counts as .000, digits beyond milliseconds are dropped.
   *
   * @throws {RangeError} when the text is no date and time
   */
  fromColumn(text: string): EpochMs;
}

const OFFSET = /^([+-])(\d\d):(\d\d)$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?$/;
/** Text that sorts as time does has a year of four digits; DATETIME starts at 1000. */
const COLUMN_TEXT = /^[1-9]\d{3}-/;
const MINUTE_MS = 60_000;

function offsetMs(timezone: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(timezone) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) {
    throw new RangeError(`a time zone is an offset such as +08:00, not ${JSON.stringify(timezone)}`);
  }
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

/**
 * A clock for a fixed offset. It only adds and subtracts, so neither the zone of the process nor anybody's daylight
 * saving time can move a stored moment.
 *
 * @throws {RangeError} when `timezone` is not of the form `+08:00`
 */
export function createColumnClock(timezone: string): ColumnClock {
  const offset = offsetMs(timezone);
  // Rows of one commit, and the two times of a row, are mostly the same.
  let lastText: string | undefined;
  let lastMs = Number.NaN;
  return {
    timezone,
    toColumn(ms) {
      const shifted = new Date(ms + offset);
      if (!Number.isInteger(ms) || Number.isNaN(shifted.getTime())) {
        throw new RangeError(`not a time in epoch milliseconds: ${ms}`);
      }
      const text = shifted.toISOString();
      if (!COLUMN_TEXT.test(text)) throw new RangeError(`outside the years that a column can hold: ${ms}`);
      return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
    },
    fromColumn(text) {
      if (text === lastText) return lastMs;
      // The Z makes the wall clock count as UTC; what the process thinks of zones never comes in.
      const shifted = DATE_TIME.test(text) ? Date.parse(`${text.slice(0, 10)}T${text.slice(11, 23)}Z`) : Number.NaN;
      if (Number.isNaN(shifted)) throw new RangeError(`not the text of a DATETIME column: ${JSON.stringify(text)}`);
      lastText = text;
      lastMs = shifted - offset;
      return lastMs;
    },
  };
}
