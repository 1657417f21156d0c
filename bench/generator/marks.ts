import { randomBytes } from "node:crypto";

/** Digits of a number in an id; with hexadecimal digits room for more messages than a run can send. */
const DIGITS = 12;

/** The beginning of every id of this process: no other run's message is taken for one of this run. */
const PREFIX = `${randomBytes(4).toString("hex")}-0000-4000-8000-`;
const PREFIX_BYTES = Buffer.from(PREFIX);

const ZERO = "0".charCodeAt(0);

/** Characters of an id. */
const ID_LENGTH = PREFIX.length + DIGITS;

/** The id of a message: a UUID that carries its number. */
export function idOf(number: number): string {
  return PREFIX + number.toString(16).padStart(DIGITS, "0");
}

/** Writes the id of a message over the one that stands at `offset`. */
export function writeId(bytes: Buffer, offset: number, number: number): void {
  bytes.write(number.toString(16).padStart(DIGITS, "0"), offset + PREFIX.length, DIGITS, "latin1");
}

/** Calls `found` with the number of each id that stands between two offsets. */
export function eachNumber(bytes: Buffer, from: number, to: number, found: (number: number) => void): void {
  for (;;) {
    const at = bytes.indexOf(PREFIX_BYTES, from);
    const end = at + ID_LENGTH;
    if (at < 0 || end > to) return;
    found(Number.parseInt(bytes.toString("latin1", at + PREFIX.length, end), 16));
    from = end;
  }
}

/** The decimal number that follows the first `text` between two offsets; undefined without such a text. */
export function numberAfter(bytes: Buffer, text: Buffer, from: number, to: number): number | undefined {
  const at = bytes.indexOf(text, from);
  if (at < 0 || at >= to) return undefined;
  let number = 0;
  for (let place = at + text.length; ; place += 1) {
    const digit = (bytes[place] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return number;
    number = number * 10 + digit;
  }
}

/** How often `text` stands between two offsets. */
export function count(bytes: Buffer, text: Buffer, from: number, to: number): number {
  let times = 0;
  for (let at = bytes.indexOf(text, from); at >= 0 && at < to; at = bytes.indexOf(text, at + text.length)) times += 1;
  return times;
}
