import type { Context } from "egg";
import { bodyOf, core, pathParameter } from "../http/port.ts";

/** `/api/v1/users` */
export default {
  async find(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).people.find(ctx.query);
  },

  async lookup(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).people.lookup(bodyOf(ctx));
  },

  async get(ctx: Context): Promise<void> {
    ctx.body = await core(ctx).people.get(pathParameter(ctx, "userId"));
  },
};
