import { ERROR_CODES, type ErrorCode, type WireError } from "@im-webapp/protocol";
import type { Context } from "egg";
import { ImError, toWireError } from "../core/shared/errors.ts";
import { httpPort } from "../http/port.ts";

/** Statuses that Koa and its body parser throw, and the code that says the same. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: "BAD_REQUEST",
  404: "NOT_FOUND",
  413: "TOO_LARGE",
  415: "BAD_REQUEST",
};

/** The outermost middleware: every answer that is not a success carries `{ error }` with a code of the protocol. */
export default function wireErrors() {
  return async function wireErrorsMiddleware(ctx: Context, next: () => Promise<void>): Promise<void> {
    const startedAt = performance.now();
    try {
      // No file and no id has a NUL, which file systems and databases refuse with faults of their own.
      if (ctx.path.includes("%00")) throw new ImError("NOT_FOUND", "there is nothing here");
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new ImError("NOT_FOUND", "there is nothing here");
    } catch (error) {
      answer(ctx, fromThrown(ctx, error));
    } finally {
      httpPort(ctx).observeRequest(ctx.method, ctx.status, (performance.now() - startedAt) / 1000);
    }
  };
}

function answer(ctx: Context, error: WireError): void {
  ctx.status = ERROR_CODES[error.code].status;
  if (error.retryAfterMs !== undefined) ctx.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  ctx.body = { error };
}

function fromThrown(ctx: Context, error: unknown): WireError {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  const code = typeof status === "number" ? CODE_BY_STATUS[status] : undefined;
  if (!(error instanceof ImError) && code !== undefined) {
    return { code, message: code === "TOO_LARGE" ? "the body is too large" : "the request cannot be read" };
  }
  if (!(error instanceof ImError)) httpPort(ctx).logFault(error, { method: ctx.method, path: ctx.path });
  return toWireError(error);
}
