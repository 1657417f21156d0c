import { type UserId, readFileRequest } from "@im-webapp/protocol";
import type { Context } from "egg";
import { requireBudget } from "../core/shared/limit.ts";
import { validate } from "../core/shared/validate.ts";
import { bearerToken } from "./bearer-token.ts";
import { core, httpPort, pathParameter } from "./port.ts";

const readers = new WeakMap<object, UserId>();

/** Lets pass who is signed in, or comes by an address that was made for their session. */
export async function requireFileReader(ctx: Context, next: () => Promise<void>): Promise<void> {
  const { key } = validate(readFileRequest, ctx.query);
  const userId =
    key === undefined
      ? (await core(ctx).sessions.authenticate(bearerToken(ctx))).userId
      : await core(ctx).fileLinks.read(key, pathParameter(ctx, "fileId"));
  await requireBudget(httpPort(ctx).limits.rest, userId);
  readers.set(ctx, userId);
  await next();
}

/** The user of a route behind `requireFileReader`. */
export function readerOf(ctx: Context): UserId {
  const userId = readers.get(ctx);
  if (userId === undefined) throw new Error(`${ctx.path} is not behind requireFileReader`);
  return userId;
}
