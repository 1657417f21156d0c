import type { Context } from "egg";
import { requireBudget } from "../core/shared/limit.ts";
import { bearerToken } from "./bearer-token.ts";
import { core, httpPort, setSession } from "./port.ts";

/** Lets only calls with a living session pass, and each user only so many. */
export async function requireSession(ctx: Context, next: () => Promise<void>): Promise<void> {
  const session = await core(ctx).sessions.authenticate(bearerToken(ctx));
  await requireBudget(httpPort(ctx).limits.rest, session.userId);
  setSession(ctx, session);
  await next();
}
