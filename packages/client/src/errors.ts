import { ERROR_CODES, isErrorCode } from "@im-webapp/protocol";
import type { ErrorCode, WireError } from "@im-webapp/protocol";

/**
 * Why no answer came, in `details.reason` of an `UNAVAILABLE` that was made here and not by the server.
 * `network`: not connected, or the connection was lost before the answer. `timeout`: no answer in time; the call may
 * have taken effect. `protocol`: the other side speaks another version, or not this protocol at all.
 */
export type LocalReason = "network" | "timeout" | "protocol";

/** A call that was refused, by the server or for want of one. The codes and what they mean are the protocol's. */
export class ImError extends Error {
  /** What went wrong, for programs; the message is for their makers. */
  readonly code: ErrorCode;
  /** What the code alone does not say: `fields` of a `BAD_REQUEST`, `reason` of an error made here. */
  readonly details: WireError["details"];
  /** Milliseconds to wait before the same call may succeed, where the server named a time. */
  readonly retryAfterMs: number | undefined;

  /** From what came over the wire, or was made here in its shape. */
  constructor(error: WireError) {
    super(error.message);
    this.name = "ImError";
    this.code = error.code;
    this.details = error.details;
    this.retryAfterMs = error.retryAfterMs;
  }

  /** Whether the same call, sent again unchanged, may succeed. */
  get retryable(): boolean {
    return ERROR_CODES[this.code].retry === "later";
  }

  /** The error as plain data, for states and stores. */
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.details && { details: this.details }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** An `UNAVAILABLE` of this side's making. */
export function unavailable(reason: LocalReason, message: string): ImError {
  return new ImError({ code: "UNAVAILABLE", message, details: { reason } });
}

/** The error of a call that needs a session where there is none. */
export function notSignedIn(): ImError {
  return new ImError({ code: "UNAUTHENTICATED", message: "Not signed in" });
}

/**
 * Reads an error that came over the wire. What is no error of this protocol (a proxy's page, a newer server's code)
 * becomes `fallback`, so that callers meet known codes only.
 */
export function fromWire(value: unknown, fallback: ErrorCode): ImError {
  if (typeof value !== "object" || value === null) return new ImError({ code: fallback, message: "Unreadable answer" });
  const { code, message, details, retryAfterMs } = value as Partial<Record<keyof WireError, unknown>>;
  return new ImError({
    code: isErrorCode(code) ? code : fallback,
    message: typeof message === "string" ? message : "No reason given",
    ...(typeof details === "object" && details !== null && { details: details as NonNullable<WireError["details"]> }),
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
  });
}

/** Any thrown value as an `ImError`; a fault that is not one (of the local store, of this library) is `INTERNAL`. */
export function toImError(value: unknown): ImError {
  if (value instanceof ImError) return value;
  return new ImError({ code: "INTERNAL", message: value instanceof Error ? value.message : "Unknown fault" });
}
