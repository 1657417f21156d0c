import type { Context } from "egg";
import { httpPort } from "../http/port.ts";

/** Liveness, readiness and metrics. */
export default {
  live(ctx: Context): void {
    ctx.body = { ok: true };
  },

  async ready(ctx: Context): Promise<void> {
    const ready = await httpPort(ctx).isReady();
    ctx.status = ready ? 200 : 503;
    ctx.body = { ready };
  },

  async metrics(ctx: Context): Promise<void> {
    const { metrics } = httpPort(ctx);
    ctx.body = await metrics.text();
    ctx.set("content-type", metrics.contentType);
  },
};
