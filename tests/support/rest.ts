import { type WireError, isErrorCode } from "@im-webapp/protocol";

/** How long a call may take, in milliseconds, before it counts as unanswered. */
const TIMEOUT_MS = 30_000;

export interface RestOptions {
  readonly token?: string;
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

export interface RestAnswer {
  readonly status: number;
  /** The parsed JSON; undefined when the body is empty or no JSON. */
  readonly body: unknown;
}

/** A REST call that was refused. */
export class RestError extends Error {
  override name = "RestError";
  readonly status: number;
  readonly error: WireError;

  constructor(call: string, status: number, error: WireError) {
    super(`${call} answered ${status} ${error.code}: ${error.message}`);
    this.status = status;
    this.error = error;
  }
}

/** The `error` of a refusal, when it has the shape that the protocol states. */
export function wireErrorOf(body: unknown): WireError | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return undefined;
  if (!isErrorCode(error.code) || typeof error.message !== "string") return undefined;
  return error as WireError;
}

/** One REST call with a JSON body; whatever is answered is given as it is. */
export async function rest(
  url: string,
  method: string,
  path: string,
  { token, body, timeoutMs = TIMEOUT_MS }: RestOptions = {},
): Promise<RestAnswer> {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const isBytes = body instanceof Uint8Array;
  if (body !== undefined && !isBytes) headers["content-type"] = "application/json";
  const response = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? null : isBytes ? new Uint8Array(body) : JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, body: parsed };
}

/**
 * One REST call that should succeed.
 *
 * @throws RestError when it is refused.
 */
export async function restOk<T>(url: string, method: string, path: string, options: RestOptions = {}): Promise<T> {
  const { status, body } = await rest(url, method, path, options);
  if (status < 200 || status > 299) {
    const error = wireErrorOf(body) ?? { code: "INTERNAL" as const, message: JSON.stringify(body) };
    throw new RestError(`${method} ${path}`, status, error);
  }
  return body as T;
}
