import type { Context } from "egg";

const BEARER = /^Bearer +(\S+)$/i;

/** The token of `Authorization: Bearer <token>`. */
export function bearerToken(ctx: Context): string | undefined {
  return BEARER.exec(ctx.get("authorization"))?.[1];
}
