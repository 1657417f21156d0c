import type { Context } from "egg";
import { bodyOf, core, sessionOf } from "../http/port.ts";

export async function methods(ctx: Context): Promise<void> {
  ctx.body = core(ctx).oidc.methods;
}

export async function start(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).oidc.start(bodyOf(ctx));
}

export async function finish(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).oidc.finish(bodyOf(ctx));
}

export async function link(ctx: Context): Promise<void> {
  await core(ctx).oidc.link(sessionOf(ctx).userId, bodyOf(ctx));
  ctx.body = {};
}
