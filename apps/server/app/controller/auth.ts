import type { Context } from "egg";
import { bodyOf, core, sessionOf } from "../http/port.ts";

/** `/api/v1/auth` and `/api/v1/me` */
export default {
  async register(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).accounts.register(bodyOf(ctx));
    ctx.status = 201;
  },

  async login(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).accounts.login(bodyOf(ctx));
  },

  async logout(ctx: Context): Promise<void> {
    await core(ctx).sessions.end(sessionOf(ctx));
    ctx.body = {};
  },

  async me(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).accounts.me(sessionOf(ctx).userId);
  },
};
