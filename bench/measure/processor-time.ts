import { readFileSync } from "node:fs";

/** Clock ticks of a second in /proc (USER_HZ, 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process has used so far; NaN where there is no /proc. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    // Fields 14 and 15 of the line: user and system time; two of them stand before the split.
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}
