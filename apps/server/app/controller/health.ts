import type { Context } from "egg";
import { httpPort } from "../http/port.ts";

export function live(ctx: Context): void {
  ctx.body = { ok: true };
}

export async function ready(ctx: Context): Promise<void> {
  const isReady = await httpPort(ctx).isReady();
  ctx.status = isReady ? 200 : 503;
  ctx.body = { ready: isReady };
}

export async function metrics(ctx: Context): Promise<void> {
  const { text, contentType } = await httpPort(ctx).readMetrics();
  ctx.body = text;
  ctx.set("content-type", contentType);
}
