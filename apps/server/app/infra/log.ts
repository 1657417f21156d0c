import { type Logger, pino } from "pino";

/** JSON lines on standard output. Secrets never reach it: only named fields are logged. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { pid: process.pid },
    serializers: { error: pino.stdSerializers.err },
  });
}
