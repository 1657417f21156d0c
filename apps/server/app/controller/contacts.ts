import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function list(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).contacts.list(sessionOf(ctx).userId, ctx.query);
}

export async function update(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).contacts.update(sessionOf(ctx).userId, pathParameter(ctx, "userId"), bodyOf(ctx));
}

export async function remove(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).contacts.remove(sessionOf(ctx).userId, pathParameter(ctx, "userId"));
}

export async function listBlocked(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).blocks.list(sessionOf(ctx).userId, ctx.query);
}

export async function block(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).blocks.add(sessionOf(ctx).userId, bodyOf(ctx));
}

export async function unblock(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).blocks.remove(sessionOf(ctx).userId, pathParameter(ctx, "userId"));
}
