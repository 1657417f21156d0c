import type { Context } from "egg";
import { bodyOf, core, sessionOf } from "../http/port.ts";

export async function register(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).accounts.register(bodyOf(ctx));
  ctx.status = 201;
}

export async function login(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).accounts.login(bodyOf(ctx));
}

export async function logout(ctx: Context): Promise<void> {
  await core(ctx).sessions.end(sessionOf(ctx));
  ctx.body = {};
}

export async function me(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).accounts.me(sessionOf(ctx).userId);
}

export async function updateMe(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).updateMe.run(sessionOf(ctx).userId, bodyOf(ctx));
}
