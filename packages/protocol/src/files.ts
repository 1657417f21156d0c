import { z } from "zod";
import { epochMs, id } from "./scalars.ts";

/** What a file is, by its bytes. Each may be sent as a `file` too. */
export const fileKind = z.enum(["image", "video", "audio", "other"]);
export type FileKind = z.infer<typeof fileKind>;

/** A file that has been uploaded. */
export const fileInfo = z.object({
  fileId: id,
  /** Made safe: no path, no control characters; never empty. */
  name: z.string(),
  /** bytes */
  size: z.int().min(0),
  mime: z.string(),
  kind: fileKind,
  /** Of an image, as it is shown. */
  width: z.int().optional(),
  height: z.int().optional(),
  blurhash: z.string().optional(),
  animated: z.literal(true).optional(),
});
export type FileInfo = z.infer<typeof fileInfo>;

/** In which form a file is read: an image also small (at most 320 px) or to fill a screen (at most 1,600 px). */
export const fileVariant = z.enum(["original", "preview", "thumbnail"]);
export type FileVariant = z.infer<typeof fileVariant>;

/** `GET /api/v1/files/:fileId` */
export const readFileRequest = z.object({
  variant: fileVariant.default("original"),
  /** Of `GET /api/v1/files/:fileId/link`, in place of a bearer token. */
  key: z.string().max(512).optional(),
  /** Any value: to be saved under its name, and not shown. */
  download: z.string().optional(),
});

/** `GET /api/v1/files/:fileId/link` */
export const fileLink = z.object({
  /** A path of this server that needs no header, for players and downloads. Works for its user and as long as they may read the file. */
  url: z.string(),
  expiresAt: epochMs,
});
export type FileLink = z.infer<typeof fileLink>;
