import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Context } from "egg";
import { WEB_FOLDER } from "../../config/folders.ts";
import { ImError } from "../core/shared/errors.ts";

/** Addresses that are never the page: calls, and scripts that an earlier build had. */
const NOT_PAGES = /^\/(api|assets|socket\.io)\//;

/** Files beside the page, such as its icon: one name without a path. */
const ROOT_FILE = /^\/[\w-]+\.[\w.]+$/;

export async function show(ctx: Context): Promise<void> {
  if (NOT_PAGES.test(ctx.path)) throw new ImError("NOT_FOUND", "there is nothing here");
  const file = ROOT_FILE.test(ctx.path) ? ctx.path.slice(1) : "index.html";
  const whole = path.join(WEB_FOLDER, file);
  const found = await stat(whole).catch(() => undefined);
  if (!found?.isFile()) {
    throw new ImError("NOT_FOUND", file === "index.html" ? "the web app is not built: npm run build" : "no such file");
  }
  // The page names its scripts by content, so it alone must be asked for each time.
  ctx.set("cache-control", "no-cache");
  ctx.lastModified = found.mtime;
  ctx.type = path.extname(file);
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.length = found.size;
  ctx.body = createReadStream(whole);
}
