import type { Context } from "egg";
import { MAX_PORTRAIT_BYTES } from "@im-webapp/protocol";
import { core, pathParameter, sessionOf } from "../http/port.ts";
import { readBytes } from "../http/read-bytes.ts";

/** How long a browser keeps a portrait, in seconds: a year, because another one has another address. */
const MAX_AGE_S = 31_536_000;

/** A picture, and nothing that could run if somebody opened it as a page. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox";

export async function show(ctx: Context): Promise<void> {
  const bytes = await core(ctx).portraits.read(pathParameter(ctx, "portraitId"));
  ctx.set("cache-control", `public, max-age=${MAX_AGE_S}, immutable`);
  ctx.set("content-security-policy", CONTENT_SECURITY_POLICY);
  // Pages that embed a chat show it as well, those that isolate themselves included.
  ctx.set("cross-origin-resource-policy", "cross-origin");
  ctx.type = "image/webp";
  ctx.body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export async function setAvatar(ctx: Context): Promise<void> {
  const image = await readBytes(ctx, MAX_PORTRAIT_BYTES);
  ctx.body = await core(ctx).avatar.set(sessionOf(ctx).userId, image);
}

export async function removeAvatar(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).avatar.remove(sessionOf(ctx).userId);
}

export async function setGroupPicture(ctx: Context): Promise<void> {
  const image = await readBytes(ctx, MAX_PORTRAIT_BYTES);
  ctx.body = await core(ctx).groupPicture.set(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), image);
}

export async function removeGroupPicture(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groupPicture.remove(sessionOf(ctx).userId, pathParameter(ctx, "groupId"));
}
