import { fromWire, ImError, unavailable } from "../errors.ts";
import type { LocalReason } from "../errors.ts";

/** Longest wait for a REST answer, in milliseconds. Signing in hashes a password on purpose slowly, so not too short. */
const REST_TIMEOUT_MS = 20_000;

export interface RestRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with its query. */
  path: string;
  /** A `Blob` as it is, anything else as JSON. */
  body?: unknown;
  /** The session's token; absent for the calls that make one. */
  token?: string;
  /** In milliseconds; default 20,000. */
  timeoutMs?: number;
  /** Gives the call up, as if there were no network. */
  signal?: AbortSignal;
}

/**
 * Sends one REST call to the server at `origin` and gives its JSON answer, which is trusted to have the type that the
 * protocol says. Throws an `ImError` only: the server's own, or `UNAVAILABLE` when no answer came.
 */
export async function rest<T>(origin: string, request: RestRequest): Promise<T> {
  const { method, path, body, token, signal, timeoutMs = REST_TIMEOUT_MS } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const bytes = body instanceof Blob;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && !bytes && { "content-type": "application/json" }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: bytes ? body : JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    answer = await readJson(response);
  } catch (error) {
    const reason: LocalReason = error instanceof Error && error.name === "TimeoutError" ? "timeout" : "network";
    throw unavailable(reason, reason === "timeout" ? "No answer in time" : "The server cannot be reached");
  }
  if (response.ok) return answer as T;
  throw refusal(response, answer);
}

/** A query of the values that are there, without its question mark. */
export function search(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.toString();
}

/** The body as JSON; undefined for one that is not, such as a proxy's error page or no body at all. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(response: Response, answer: unknown): ImError {
  const wire = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  if (wire === undefined) return unavailable("protocol", `Unreadable answer with status ${response.status}`);
  const error = fromWire(wire, "INTERNAL");
  const seconds = Number(response.headers.get("retry-after"));
  if (error.retryAfterMs !== undefined || !error.retryable || !(seconds > 0)) return error;
  return new ImError({ ...error.toWire(), retryAfterMs: seconds * 1_000 });
}
