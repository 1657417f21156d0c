/**
 * Tells the platform about a fault that no caller waits for, so that it reaches the developer's console and whatever
 * collects errors there, and nothing ends because of it.
 */
export function reportFault(error: unknown): void {
  const host = globalThis as {
    reportError?: (error: unknown) => void;
    process?: { emitWarning?: (warning: Error) => void };
  };
  if (typeof host.reportError === "function") host.reportError(error);
  else host.process?.emitWarning?.(error instanceof Error ? error : new Error(String(error)));
}
