import type { Context } from "egg";
import { bodyOf, core, pathParameter, sessionOf } from "../http/port.ts";

export async function create(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groups.create(sessionOf(ctx).userId, bodyOf(ctx));
  ctx.status = 201;
}

export async function get(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groups.get(sessionOf(ctx).userId, pathParameter(ctx, "groupId"));
}

export async function card(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groupCards.show(sessionOf(ctx).userId, pathParameter(ctx, "groupId"));
}

export async function members(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groups.members(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), ctx.query);
}

export async function addMembers(ctx: Context): Promise<void> {
  const groupId = pathParameter(ctx, "groupId");
  ctx.body = await core(ctx).groupMembers.add(sessionOf(ctx).userId, groupId, bodyOf(ctx));
}

export async function removeMember(ctx: Context): Promise<void> {
  const groupId = pathParameter(ctx, "groupId");
  const userId = pathParameter(ctx, "userId");
  ctx.body = { group: await core(ctx).groupMembers.remove(sessionOf(ctx).userId, groupId, userId) };
}

export async function update(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).updateGroup.run(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), bodyOf(ctx));
}

export async function dissolve(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).dissolveGroup.run(sessionOf(ctx).userId, pathParameter(ctx, "groupId"));
}

export async function transfer(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groupMembers.transfer(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), bodyOf(ctx));
}

export async function readAnnouncement(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).readAnnouncement.run(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), bodyOf(ctx));
}

export async function lookupMembers(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).groups.lookup(sessionOf(ctx).userId, pathParameter(ctx, "groupId"), bodyOf(ctx));
}

export async function updateMember(ctx: Context): Promise<void> {
  const groupId = pathParameter(ctx, "groupId");
  const userId = pathParameter(ctx, "userId");
  ctx.body = await core(ctx).groupMembers.update(sessionOf(ctx).userId, groupId, userId, bodyOf(ctx));
}
