import type { Context } from "egg";
import { requireBudget } from "../core/shared/limit.ts";
import { httpPort } from "./port.ts";

/** Slows down whoever guesses passwords or registers in bulk, by address. */
export async function limitSignIn(ctx: Context, next: () => Promise<void>): Promise<void> {
  await requireBudget(httpPort(ctx).limits.auth, ctx.ip);
  await next();
}
