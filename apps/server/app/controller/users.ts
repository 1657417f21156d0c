import type { Context } from "egg";
import { bodyOf, core, pathParameter } from "../http/port.ts";

export async function find(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).people.find(ctx.query);
}

export async function lookup(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).people.lookup(bodyOf(ctx));
}

export async function get(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).people.get(pathParameter(ctx, "userId"));
}
