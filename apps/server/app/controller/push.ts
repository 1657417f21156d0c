import type { Context } from "egg";
import { bodyOf, core, sessionOf } from "../http/port.ts";

export async function get(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).pushSubscriptions.get(sessionOf(ctx));
}

export async function set(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).pushSubscriptions.set(sessionOf(ctx), bodyOf(ctx));
}

export async function remove(ctx: Context): Promise<void> {
  await core(ctx).pushSubscriptions.remove(sessionOf(ctx));
  ctx.body = {};
}
