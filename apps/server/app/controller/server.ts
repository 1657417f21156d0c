import type { Context } from "egg";
import { bodyOf, core, pathParameter } from "../http/port.ts";

export async function createUsers(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).serverAccounts.createUsers(bodyOf(ctx));
}

export async function createTokens(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).serverAccounts.createTokens(bodyOf(ctx));
}

export async function createGroup(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).serverGroups.create(bodyOf(ctx));
  ctx.status = 201;
}

export async function addMembers(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).serverGroups.addMembers(pathParameter(ctx, "groupId"), bodyOf(ctx));
}

export async function sendMessages(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).serverMessages.send(bodyOf(ctx));
}
