import type { Context } from "egg";

/** The page loads nothing from elsewhere and runs no inline script; embedding programs may frame nothing of ours. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers that keep browsers from running what was never meant to run. */
export default function secureHeaders() {
  return async function secureHeadersMiddleware(ctx: Context, next: () => Promise<void>): Promise<void> {
    ctx.set("content-security-policy", CONTENT_SECURITY_POLICY);
    ctx.set("x-content-type-options", "nosniff");
    ctx.set("referrer-policy", "no-referrer");
    ctx.set("cross-origin-opener-policy", "same-origin");
    await next();
  };
}
