import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function listDevices(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).devices.list(sessionOf(ctx));
}

export async function updateDevice(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).devices.update(sessionOf(ctx), pathParameter(ctx, "deviceId"), bodyOf(ctx));
}

export async function revokeDevice(ctx: Context): Promise<void> {
  await core(ctx).devices.revoke(sessionOf(ctx).userId, pathParameter(ctx, "deviceId"));
  ctx.body = {};
}

export async function revokeOtherDevices(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).devices.revokeOthers(sessionOf(ctx));
}

export async function get(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).security.get(sessionOf(ctx));
}

export async function changePassword(ctx: Context): Promise<void> {
  await core(ctx).security.changePassword(sessionOf(ctx), bodyOf(ctx));
  ctx.body = {};
}

export async function beginTotp(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).security.beginTotp(sessionOf(ctx), bodyOf(ctx));
}

export async function confirmTotp(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).security.confirmTotp(sessionOf(ctx), bodyOf(ctx));
}

export async function replaceRecoveryCodes(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).security.replaceRecoveryCodes(sessionOf(ctx), bodyOf(ctx));
}

export async function disableTotp(ctx: Context): Promise<void> {
  await core(ctx).security.disableTotp(sessionOf(ctx), bodyOf(ctx));
  ctx.body = {};
}
