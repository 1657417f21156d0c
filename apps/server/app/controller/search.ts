import type { Context } from "egg";
import { core, sessionOf } from "../http/port.ts";

export async function messages(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).searchMessages.find(sessionOf(ctx).userId, ctx.query);
}

export async function files(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).searchFiles.find(sessionOf(ctx).userId, ctx.query);
}
