import type { Context } from "egg";

/** How long a browser may remember the answer to a preflight, in seconds: a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

/**
 * Lets pages of other origins call the API, which is how products embed a chat. Calls are authorized by a bearer token
 * that such a page must hold; no cookie goes with them.
 */
export default function crossOrigin() {
  return async function crossOriginMiddleware(ctx: Context, next: () => Promise<void>): Promise<void> {
    if (!ctx.path.startsWith("/api/")) {
      await next();
      return;
    }
    ctx.set("access-control-allow-origin", "*");
    ctx.set("access-control-expose-headers", "retry-after");
    if (ctx.method !== "OPTIONS") {
      await next();
      return;
    }
    ctx.set("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
    ctx.set("access-control-allow-headers", "authorization, content-type");
    ctx.set("access-control-max-age", String(PREFLIGHT_MAX_AGE_S));
    ctx.status = 204;
  };
}
