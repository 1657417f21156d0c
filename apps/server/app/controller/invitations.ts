import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function create(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).invitations.create(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), bodyOf(ctx));
  ctx.status = 201;
}

export async function list(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).invitations.list(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), ctx.query);
}

export async function revoke(ctx: Context): Promise<void> {
  const token = pathParameter(ctx, "token");
  ctx.body = await core(ctx).invitations.revoke(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), token);
}

export async function show(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).invitations.show(sessionOf(ctx).userId, pathParameter(ctx, "token"));
}

export async function accept(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).invitations.accept(sessionOf(ctx).userId, pathParameter(ctx, "token"), bodyOf(ctx));
}
