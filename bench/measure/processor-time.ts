import { readFileSync } from "node:fs";

/** Clock ticks of a second in /proc (USER_HZ, 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process has used so far, all its threads; NaN where there is no /proc. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    // Fields 14 and 15 of the line: user and system time; two of them stand before the split.
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Processor seconds that the whole machine has been busy; NaN where there is no /proc. */
export function machineSeconds(): number {
  try {
    const [, ...fields] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/) ?? [];
    const [user = 0, nice = 0, system = 0, , , interrupt = 0, softInterrupt = 0, steal = 0] = fields.map(Number);
    return (user + nice + system + interrupt + softInterrupt + steal) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Memory of a process that is in RAM, in bytes; NaN where there is no /proc. */
export function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}
