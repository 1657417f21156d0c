/**
 * Every code that a refused call can carry, with its HTTP status and whether the same call may succeed when sent again.
 *
 * `retry`: "later" = safe to send again unchanged after `retryAfterMs`; "never" = the call itself must change;
 * "signIn" = after signing in again; "bootstrap" = after `sync:bootstrap`.
 */
export const ERROR_CODES = {
  /** The payload does not match its schema; `details` names the fields. */
  BAD_REQUEST: { status: 400, retry: "never" },
  /** No session, an ended one, or a wrong name or password. */
  UNAUTHENTICATED: { status: 401, retry: "signIn" },
  /** Signed in, but not allowed to do this. */
  FORBIDDEN: { status: 403, retry: "never" },
  /** The other side does not take messages from this user. */
  BLOCKED: { status: 403, retry: "never" },
  /** This member, or the whole group, may not speak now. */
  MUTED: { status: 403, retry: "never" },
  /** The caller was a member once and has left. */
  NOT_MEMBER: { status: 403, retry: "never" },
  /** It does not exist, or the caller may not know that it does. */
  NOT_FOUND: { status: 404, retry: "never" },
  /** It collides with something that exists, such as a taken username. */
  CONFLICT: { status: 409, retry: "never" },
  /** The cursor is older than what is kept, or beyond the head. */
  CURSOR_EXPIRED: { status: 410, retry: "bootstrap" },
  /** Larger than the limits in `session:ready` allow. */
  TOO_LARGE: { status: 413, retry: "never" },
  /** Too many calls; carries `retryAfterMs`. */
  RATE_LIMITED: { status: 429, retry: "later" },
  /** A fault of the server's own; it is logged there. */
  INTERNAL: { status: 500, retry: "never" },
  /** Draining, overloaded, or without its database; carries `retryAfterMs`. */
  UNAVAILABLE: { status: 503, retry: "later" },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A refused field: where it is (`content.text`) and what is wrong with it. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** The error of a REST answer or a socket acknowledgement. */
export interface WireError {
  code: ErrorCode;
  message: string;
  details?: { fields?: FieldProblem[]; [name: string]: unknown };
  /** Milliseconds to wait before sending the same call again. With `RATE_LIMITED` and `UNAVAILABLE`. */
  retryAfterMs?: number;
}

/** The acknowledgement of every socket call. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };

/** Whether a string is one of the codes of this protocol version. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}
