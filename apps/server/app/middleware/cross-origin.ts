import type { Context } from "egg";

/** How long a browser may remember the answer to a preflight, in seconds: a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

/** What resumable uploads say in headers. */
const TUS = ["tus-resumable", "upload-length", "upload-metadata", "upload-offset"];

const ALLOWED = ["authorization", "content-type", ...TUS].join(", ");

const EXPOSED = ["retry-after", "location", "content-disposition", ...TUS].join(", ");

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
    ctx.set("access-control-expose-headers", EXPOSED);
    if (ctx.method !== "OPTIONS") {
      await next();
      return;
    }
    ctx.set("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    ctx.set("access-control-allow-headers", ALLOWED);
    ctx.set("access-control-max-age", String(PREFLIGHT_MAX_AGE_S));
    ctx.status = 204;
  };
}
