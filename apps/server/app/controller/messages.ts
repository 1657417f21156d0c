import type { Context } from "egg";
import { core, pathParameter, sessionOf } from "../http/port.ts";

export async function pins(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).listMarked.pins(sessionOf(ctx).userId, pathParameter(ctx, "conversationId"));
}

export async function edits(ctx: Context): Promise<void> {
  const conversationId = pathParameter(ctx, "conversationId");
  const seq = pathParameter(ctx, "seq");
  ctx.body = await core(ctx).listMarked.edits(sessionOf(ctx).userId, conversationId, seq, ctx.query);
}

export async function stars(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).listMarked.stars(sessionOf(ctx).userId, ctx.query);
}
