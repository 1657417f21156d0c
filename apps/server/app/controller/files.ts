import { rm } from "node:fs/promises";
import { readFileRequest } from "@im-webapp/protocol";
import type { Context } from "egg";
import parseRange from "range-parser";
import type { ByteRange } from "../core/files/file-store.ts";
import { newId } from "../core/shared/ids.ts";
import { validate } from "../core/shared/validate.ts";
import { core, httpPort, pathParameter, sessionOf } from "../http/port.ts";
import { receiveFile } from "../http/receive-file.ts";
import { readerOf } from "../http/require-file-reader.ts";

/** What browsers show and play, and never run. All else is only ever a download. */
const SHOWN: readonly string[] = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/quicktime",
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/aac",
  "audio/ogg",
  "audio/opus",
  "audio/wav",
  "audio/flac",
  "audio/webm",
  "application/ogg",
];

/** Were it opened as a page, nothing in it would run, and it would not be of our origin. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** How long a browser keeps a file, in seconds: a day, though it never changes, for rights do. */
const MAX_AGE_S = 86_400;

export async function upload(ctx: Context): Promise<void> {
  const { userId } = sessionOf(ctx);
  const { files } = core(ctx);
  const fileId = newId();
  const path = await httpPort(ctx).uploads.newPath(fileId);
  try {
    const name = await receiveFile(ctx, path, files.maxBytes);
    ctx.body = await files.take(userId, fileId, path, name);
    ctx.status = 201;
  } finally {
    await rm(path, { force: true });
  }
}

export async function tus(ctx: Context): Promise<void> {
  ctx.respond = false;
  await httpPort(ctx).uploads.handle(sessionOf(ctx).userId, ctx.req, ctx.res);
}

export async function info(ctx: Context): Promise<void> {
  ctx.body = await core(ctx).files.info(sessionOf(ctx).userId, pathParameter(ctx, "fileId"));
}

export async function link(ctx: Context): Promise<void> {
  const session = sessionOf(ctx);
  const fileId = pathParameter(ctx, "fileId");
  await core(ctx).files.info(session.userId, fileId);
  ctx.body = await core(ctx).fileLinks.make(session, fileId);
}

export async function read(ctx: Context): Promise<void> {
  const { variant, download } = validate(readFileRequest, ctx.query);
  const file = await core(ctx).files.open(readerOf(ctx), pathParameter(ctx, "fileId"), variant);
  // What says that it is an image and cannot be read as one is nothing to show.
  const isShown = file.info.kind !== "other" && SHOWN.includes(file.mime);
  ctx.set("cache-control", `private, max-age=${MAX_AGE_S}`);
  ctx.set("content-security-policy", CONTENT_SECURITY_POLICY);
  ctx.set("cross-origin-resource-policy", "cross-origin");
  // Sets the type by the name as well, which is not to be believed.
  ctx.attachment(file.info.name, { type: isShown && download === undefined ? "inline" : "attachment" });
  ctx.set("content-type", isShown ? file.mime : "application/octet-stream");
  const range = file.size === undefined ? undefined : rangeOf(ctx, file.size);
  if (range === "unsatisfiable") return;
  const stream = await file.read(range);
  if (range) {
    ctx.status = 206;
    ctx.set("content-range", `bytes ${range.start}-${range.end}/${file.size ?? "*"}`);
  }
  ctx.body = stream;
  const length = range ? range.end - range.start + 1 : file.size;
  if (length !== undefined) ctx.length = length;
  // A stream as body would set the type of one.
  ctx.set("content-type", isShown ? file.mime : "application/octet-stream");
}

/** The part that is asked for; undefined for all of it. Several parts are answered with the whole. */
function rangeOf(ctx: Context, size: number): ByteRange | "unsatisfiable" | undefined {
  ctx.set("accept-ranges", "bytes");
  const header = ctx.req.headers.range;
  if (header === undefined || size === 0) return undefined;
  const ranges = parseRange(size, header, { combine: true });
  if (ranges === -1) {
    ctx.status = 416;
    ctx.set("content-range", `bytes */${size}`);
    ctx.body = "";
    return "unsatisfiable";
  }
  const [only] = ranges === -2 || ranges.type !== "bytes" || ranges.length > 1 ? [] : ranges;
  return only && { start: only.start, end: only.end };
}
