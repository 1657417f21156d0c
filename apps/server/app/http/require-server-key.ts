import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "egg";
import { ImError } from "../core/shared/errors.ts";
import { bearerToken } from "./bearer-token.ts";
import { httpPort } from "./port.ts";

/** Lets only the program that embeds this one pass. Without a configured key the server API does not exist. */
export async function requireServerKey(ctx: Context, next: () => Promise<void>): Promise<void> {
  const { serverKey } = httpPort(ctx);
  if (serverKey === undefined) throw new ImError("NOT_FOUND", "there is nothing here");
  if (!isSame(bearerToken(ctx) ?? "", serverKey)) throw new ImError("UNAUTHENTICATED", "the server key is wrong");
  await next();
}

/** In constant time: hashing first makes the lengths equal. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
