import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function list(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).applications.list(sessionOf(ctx).userId, ctx.query);
}

export async function apply(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).applications.apply(sessionOf(ctx).userId, bodyOf(ctx));
}

export async function accept(ctx: Context): Promise<void> {
  ctx.body = await answer(ctx, true);
}

export async function refuse(ctx: Context): Promise<void> {
  ctx.body = await answer(ctx, false);
}

export async function withdraw(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).applications.withdraw(sessionOf(ctx).userId, pathParameter(ctx, "applicationId"));
}

function answer(ctx: Context, accepted: boolean) {
  return core(ctx).applications.answer(sessionOf(ctx).userId, pathParameter(ctx, "applicationId"), accepted);
}
