import { Readable } from "node:stream";
import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function beginExport(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).exportData.begin(sessionOf(ctx), bodyOf(ctx));
}

/** Streams as fast as the browser reads, and no faster. */
export async function download(ctx: Context): Promise<void> {
  const { filename, lines } = await core(ctx).exportData.open(pathParameter(ctx, "secret"));
  ctx.attachment(filename);
  ctx.type = "application/x-ndjson";
  ctx.set("cache-control", "no-store");
  ctx.body = Readable.from(lines);
}

export async function deleteAccount(ctx: Context): Promise<void> {
  await core(ctx).deleteAccount.run(sessionOf(ctx), bodyOf(ctx));
  ctx.body = {};
}
