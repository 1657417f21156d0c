import type { ErrorCode, WireError } from "@im-webapp/protocol";

/** A refusal that the caller is told, by code. Anything else that is thrown is a fault of ours and answers `INTERNAL`. */
export class ImError extends Error {
  override name = "ImError";
  readonly code: ErrorCode;
  readonly details: WireError["details"];
  /** Milliseconds; with `RATE_LIMITED` and `UNAVAILABLE`. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    extra: { details?: WireError["details"]; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: extra.cause });
    this.code = code;
    this.details = extra.details;
    this.retryAfterMs = extra.retryAfterMs;
  }
}

/** How long a caller should wait after `UNAVAILABLE`, in milliseconds: long enough for a batch or a restart to pass. */
const UNAVAILABLE_RETRY_MS = 1_000;

/** The refusal for when the server itself cannot do it now; the same call may be sent again. */
export function unavailable(message: string, cause?: unknown): ImError {
  return new ImError("UNAVAILABLE", message, { retryAfterMs: UNAVAILABLE_RETRY_MS, cause });
}

/** The wire form of whatever was thrown; what is not an `ImError` tells nothing of its inside. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof ImError)) return { code: "INTERNAL", message: "the server failed; it has been logged" };
  return {
    code: error.code,
    message: error.message,
    ...(error.details && { details: error.details }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  };
}
